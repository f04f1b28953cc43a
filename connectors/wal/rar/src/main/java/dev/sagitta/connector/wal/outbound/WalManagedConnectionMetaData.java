package dev.sagitta.connector.wal.outbound;

import jakarta.resource.spi.ManagedConnectionMetaData;

/** Describes the log to the container. */
final class WalManagedConnectionMetaData implements ManagedConnectionMetaData {
  private static final int UNLIMITED = 0;

  @Override
  public String getEISProductName() {
    return "Sagitta write-ahead log";
  }

  @Override
  public String getEISProductVersion() {
    return "1";
  }

  @Override
  public int getMaxConnections() {
    return UNLIMITED;
  }

  @Override
  public String getUserName() {
    return "";
  }
}
