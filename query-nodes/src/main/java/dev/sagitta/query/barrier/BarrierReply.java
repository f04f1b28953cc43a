package dev.sagitta.query.barrier;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * An owner's answer to a barrier. Its bytes, big-endian: version (1 byte), outcome (1 byte), id (8
 * bytes), catalog version (8 bytes), then the owner's node id in UTF-8 up to the end.
 *
 * @param id id of the answered barrier
 * @param ownerNodeId node that applies the vchannel
 * @param catalogVersion catalog that shows what the barrier asked for
 * @param dropped the vchannel's collection is gone, there is nothing to own
 */
public record BarrierReply(long id, String ownerNodeId, long catalogVersion, boolean dropped) {
  /** Cluster service that takes the replies. */
  public static final String SERVICE = "barrier-reached";

  private static final byte VERSION = 1;
  private static final byte REACHED = 0;
  private static final byte DROPPED = 1;
  private static final int HEADER_BYTES = 2 + 2 * Long.BYTES;

  public BarrierReply {
    requireNonNull(ownerNodeId, "ownerNodeId is null");
  }

  public byte[] encode() {
    byte[] owner = ownerNodeId.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(HEADER_BYTES + owner.length)
        .put(VERSION)
        .put(dropped ? DROPPED : REACHED)
        .putLong(id)
        .putLong(catalogVersion)
        .put(owner)
        .array();
  }

  /**
   * @throws IllegalArgumentException if the bytes are no reply of a known version
   */
  public static BarrierReply decode(byte[] bytes) {
    if (bytes.length < HEADER_BYTES || bytes[0] != VERSION) {
      throw new IllegalArgumentException("not a barrier reply: bytes=" + bytes.length);
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
    boolean dropped = buffer.get() == DROPPED;
    long id = buffer.getLong();
    long catalogVersion = buffer.getLong();
    byte[] owner = new byte[buffer.remaining()];
    buffer.get(owner);
    return new BarrierReply(id, new String(owner, StandardCharsets.UTF_8), catalogVersion, dropped);
  }
}
