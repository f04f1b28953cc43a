package dev.sagitta.query.barrier;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A marker sent through a vchannel. Its bytes, big-endian: magic {@code SGBR}, version (1 byte),
 * kind (1 byte), id (8 bytes), then the sender's node id in UTF-8 up to the end.
 *
 * @param id random, chosen by the sender; comes back in the answer
 * @param senderNodeId node to answer to
 */
public record Barrier(BarrierKind kind, long id, String senderNodeId) {
  private static final int MAGIC = 0x53474252;
  private static final byte VERSION = 1;
  private static final int HEADER_BYTES = Integer.BYTES + 2 + Long.BYTES;

  public Barrier {
    requireNonNull(kind, "kind is null");
    requireNonNull(senderNodeId, "senderNodeId is null");
  }

  public byte[] encode() {
    byte[] sender = senderNodeId.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(HEADER_BYTES + sender.length)
        .putInt(MAGIC)
        .put(VERSION)
        .put((byte) kind.code())
        .putLong(id)
        .put(sender)
        .array();
  }

  /**
   * @throws IllegalArgumentException if the bytes are no barrier of a known version
   */
  public static Barrier decode(byte[] bytes) {
    if (bytes.length < HEADER_BYTES) {
      throw new IllegalArgumentException("barrier is too short: bytes=" + bytes.length);
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    int magic = buffer.getInt();
    byte version = buffer.get();
    if (magic != MAGIC || version != VERSION) {
      throw new IllegalArgumentException("not a barrier: magic=" + magic + " version=" + version);
    }
    BarrierKind kind = BarrierKind.fromCode(buffer.get());
    long id = buffer.getLong();
    byte[] sender = new byte[buffer.remaining()];
    buffer.get(sender);
    return new Barrier(kind, id, new String(sender, StandardCharsets.UTF_8));
  }
}
