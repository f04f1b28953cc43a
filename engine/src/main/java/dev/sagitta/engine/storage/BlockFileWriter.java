package dev.sagitta.engine.storage;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;

/**
 * Writes a block file, front to back, to any channel. See {@link BlockFile} for the format. Blocks
 * are written piece by piece and need not be in memory as a whole. Not safe for concurrent use. The
 * channel is the caller's, to sync and to close.
 */
public final class BlockFileWriter {
  private static final byte[] ZEROS = new byte[BlockFile.ALIGNMENT];

  private final WritableByteChannel channel;
  private final FileKind kind;
  private final ByteBuffer entries =
      ByteBuffer.allocate(BlockFile.MAX_BLOCKS * BlockFile.ENTRY_BYTES)
          .order(ByteOrder.LITTLE_ENDIAN);
  private long position;
  private long blockStart = -1;
  private int blockCode;
  private Checksum blockChecksum = new Checksum();

  /** Writes the header. */
  public BlockFileWriter(WritableByteChannel channel, FileKind kind, FileIdentity identity)
      throws IOException {
    this.channel = requireNonNull(channel, "channel is null");
    this.kind = requireNonNull(kind, "kind is null");
    ByteBuffer header =
        ByteBuffer.allocate(BlockFile.HEADER_BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(kind.magic())
            .putInt(kind.version())
            .putInt(0)
            .putLong(identity.collectionId())
            .putLong(identity.segmentId())
            .putLong(identity.fieldId())
            .putLong(identity.number());
    header.clear();
    header.putInt(BlockFile.HEADER_CHECKSUM_POSITION, checksumOf(header));
    write(MemorySegment.ofBuffer(header));
  }

  /** Writes a whole block. */
  public void block(int code, MemorySegment content) throws IOException {
    beginBlock(code);
    append(content);
    endBlock();
  }

  /** Where in the file the next byte goes. */
  public long position() {
    return position;
  }

  public void beginBlock(int code) {
    if (blockStart >= 0) {
      throw new IllegalStateException("block is open already: code=" + blockCode);
    }
    if (entries.remaining() < BlockFile.ENTRY_BYTES) {
      throw new IllegalStateException("too many blocks: code=" + code);
    }
    blockStart = position;
    blockCode = code;
    blockChecksum = new Checksum();
  }

  /** Appends bytes to the open block. */
  public void append(MemorySegment content) throws IOException {
    if (blockStart < 0) {
      throw new IllegalStateException("no block is open");
    }
    blockChecksum.update(content);
    write(content);
  }

  public void endBlock() throws IOException {
    long length = position - blockStart;
    append(padding());
    entries.putInt(blockCode).putInt(blockChecksum.value()).putLong(blockStart).putLong(length);
    blockStart = -1;
  }

  /**
   * Writes the footer, which ends the file.
   *
   * @return bytes of the whole file
   */
  public long finish() throws IOException {
    if (blockStart >= 0) {
      throw new IllegalStateException("block is open: code=" + blockCode);
    }
    long footerOffset = position;
    int blockCount = entries.position() / BlockFile.ENTRY_BYTES;
    int footerBytes = entries.position() + BlockFile.TRAILER_BYTES;
    ByteBuffer footer =
        ByteBuffer.allocate(footerBytes).order(ByteOrder.LITTLE_ENDIAN).put(entries.flip());
    footer
        .putLong(footerOffset)
        .putLong(footerOffset + footerBytes)
        .putInt(blockCount)
        .putInt(0)
        .putLong(kind.magic());
    footer.clear();
    footer.putInt(footerBytes - BlockFile.FOOTER_CHECKSUM_FROM_END, checksumOf(footer));
    write(MemorySegment.ofBuffer(footer));
    return position;
  }

  private static int checksumOf(ByteBuffer bytes) {
    return Checksum.of(MemorySegment.ofBuffer(bytes));
  }

  private MemorySegment padding() {
    long padding = -position & (BlockFile.ALIGNMENT - 1);
    return MemorySegment.ofArray(ZEROS).asSlice(0, padding);
  }

  private void write(MemorySegment content) throws IOException {
    long pieceBytes = 1L << 30;
    for (long from = 0; from < content.byteSize(); from += pieceBytes) {
      long length = Math.min(pieceBytes, content.byteSize() - from);
      ByteBuffer buffer = content.asSlice(from, length).asByteBuffer();
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    }
    position += content.byteSize();
  }
}
