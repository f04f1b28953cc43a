package dev.sagitta.engine.scalarindex.build;

import dev.sagitta.engine.storage.BlockFile;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A temporary file that grows at its end, and is read as a whole when it is complete. */
final class Spool implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 16;

  private final Path path;
  private final FileChannel channel;
  private final ByteBuffer buffer =
      ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private long size;

  Spool(Path path) throws IOException {
    this.path = path;
    this.channel =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
  }

  /** Bytes so far. */
  long size() {
    return size;
  }

  void putInt(int value) throws IOException {
    reserve(Integer.BYTES);
    buffer.putInt(value);
    size += Integer.BYTES;
  }

  void putLong(long value) throws IOException {
    reserve(Long.BYTES);
    buffer.putLong(value);
    size += Long.BYTES;
  }

  /** Seven bits a byte, the lowest first; all bytes but the last have their highest bit set. */
  void putVariable(int value) throws IOException {
    reserve(5);
    int rest = value;
    while (rest >>> 7 != 0) {
      buffer.put((byte) (rest | 0x80));
      rest >>>= 7;
      size++;
    }
    buffer.put((byte) rest);
    size++;
  }

  void putBytes(byte[] bytes, int offset, int length) throws IOException {
    int from = offset;
    int end = offset + length;
    while (from < end) {
      reserve(1);
      int piece = Math.min(end - from, buffer.remaining());
      buffer.put(bytes, from, piece);
      from += piece;
    }
    size += length;
  }

  private void reserve(int bytes) throws IOException {
    if (buffer.remaining() < bytes) {
      flush();
    }
  }

  private void flush() throws IOException {
    buffer.flip();
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    buffer.clear();
  }

  /** All bytes; nothing may be added behind. */
  MemorySegment map(Arena arena) throws IOException {
    flush();
    return BlockFile.map(path, arena);
  }

  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(path);
  }
}
