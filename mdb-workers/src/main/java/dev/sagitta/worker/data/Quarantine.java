package dev.sagitta.worker.data;

import static java.util.Objects.requireNonNull;

import dev.sagitta.connector.objectstore.ObjectStore;
import dev.sagitta.connector.objectstore.ObjectStoreConnectionFactory;
import dev.sagitta.connector.wal.WalRecord;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Keeps records that cannot be applied: the body as it is, and beside it what is known about it.
 * Named by the body's SHA-256, so that a redelivery writes the same objects again.
 */
final class Quarantine {
  static final String PREFIX = "quarantine/";

  private static final Logger LOGGER = System.getLogger(Quarantine.class.getName());

  private final ObjectStoreConnectionFactory store;

  Quarantine(ObjectStoreConnectionFactory store) {
    this.store = requireNonNull(store, "store is null");
  }

  /** Writes body and reason; durable on return. */
  void put(WalRecord walRecord, String reason) {
    String name = PREFIX + walRecord.vchannel() + "/" + digest(walRecord.body());
    String identity =
        "pchannel="
            + walRecord.pchannel()
            + "\nvchannel="
            + walRecord.vchannel()
            + "\nbytes="
            + walRecord.body().length
            + "\nreason="
            + reason
            + "\n";
    try (ObjectStore connection = store.connect()) {
      connection.put(name + ".record", ByteBuffer.wrap(walRecord.body()));
      connection.put(name + ".txt", ByteBuffer.wrap(identity.getBytes(StandardCharsets.UTF_8)));
    }
    LOGGER.log(
        Level.ERROR,
        "record cannot be applied and was quarantined: vchannel={0} object={1} reason={2}",
        walRecord.vchannel(),
        name,
        reason);
  }

  private static String digest(byte[] body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is missing", e);
    }
  }
}
