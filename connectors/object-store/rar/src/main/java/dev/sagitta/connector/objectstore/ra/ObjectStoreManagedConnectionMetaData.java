package dev.sagitta.connector.objectstore.ra;

import static java.util.Objects.requireNonNull;

import jakarta.resource.spi.ManagedConnectionMetaData;

/** What servers show about a connection. */
final class ObjectStoreManagedConnectionMetaData implements ManagedConnectionMetaData {
  private static final int UNLIMITED = 0;

  private final String productName;

  ObjectStoreManagedConnectionMetaData(String productName) {
    this.productName = requireNonNull(productName, "productName is null");
  }

  @Override
  public String getEISProductName() {
    return productName;
  }

  @Override
  public String getEISProductVersion() {
    return "1";
  }

  @Override
  public int getMaxConnections() {
    return UNLIMITED;
  }

  /** Nobody signs on: the credentials belong to the settings. */
  @Override
  public String getUserName() {
    return "";
  }
}
