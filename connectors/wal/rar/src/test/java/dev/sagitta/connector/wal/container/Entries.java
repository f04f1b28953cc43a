package dev.sagitta.connector.wal.container;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sagitta.connector.wal.WalConnection;
import dev.sagitta.connector.wal.WalEntry;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Log entries whose body is a text. */
public final class Entries {
  private static final long TIMEOUT_SECONDS = 20;

  private Entries() {}

  public static String pchannel(int number) {
    return "sagitta-dml_" + number;
  }

  public static WalEntry entry(int pchannel, String vchannel, String text) {
    return new WalEntry(pchannel(pchannel), vchannel, text.getBytes(UTF_8));
  }

  /** Appends as one request and waits until it is durable. */
  public static void append(WalConnection connection, WalEntry... entries) throws Exception {
    connection.append(List.of(entries)).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
  }

  public static void sendBarrier(WalConnection connection, WalEntry barrier) throws Exception {
    connection.sendBarrier(barrier).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
  }
}
