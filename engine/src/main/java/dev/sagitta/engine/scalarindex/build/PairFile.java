package dev.sagitta.engine.scalarindex.build;

import dev.sagitta.engine.filter.text.Utf8Prefixes;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A temporary file of sorted keys and rows: for each pair int32 row, int64 key or int32 number of
 * bytes, and the bytes. It never outlives the build that wrote it.
 */
final class PairFile {
  private static final int BUFFER_BYTES = 1 << 15;
  private static final int LONGEST_HEAD = Integer.BYTES + Long.BYTES;

  private PairFile() {}

  /** Writes all pairs from the next one on. */
  static void write(Path file, boolean byteKeys, SortedPairs pairs) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      while (pairs.next()) {
        if (buffer.remaining() < LONGEST_HEAD) {
          flush(buffer, channel);
        }
        buffer.putInt(pairs.row());
        if (byteKeys) {
          buffer.putInt(pairs.length());
          writeBytes(pairs, buffer, channel);
        } else {
          buffer.putLong(pairs.prefix());
        }
      }
      flush(buffer, channel);
    }
  }

  private static void writeBytes(SortedPairs pairs, ByteBuffer buffer, FileChannel channel)
      throws IOException {
    int from = pairs.offset();
    int end = from + pairs.length();
    while (from < end) {
      if (!buffer.hasRemaining()) {
        flush(buffer, channel);
      }
      int piece = Math.min(end - from, buffer.remaining());
      buffer.put(pairs.bytes(), from, piece);
      from += piece;
    }
  }

  private static void flush(ByteBuffer buffer, FileChannel channel) throws IOException {
    buffer.flip();
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    buffer.clear();
  }

  static SortedPairs read(Path file, boolean byteKeys) throws IOException {
    return new Reader(FileChannel.open(file, StandardOpenOption.READ), byteKeys);
  }

  private static final class Reader implements SortedPairs {
    private final FileChannel channel;
    private final boolean byteKeys;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).limit(0);
    private int row;
    private long key;
    private byte[] bytes = new byte[64];
    private int length;

    Reader(FileChannel channel, boolean byteKeys) {
      this.channel = channel;
      this.byteKeys = byteKeys;
    }

    @Override
    public boolean next() {
      try {
        if (buffer.remaining() < LONGEST_HEAD) {
          fill();
          if (!buffer.hasRemaining()) {
            return false;
          }
        }
        row = buffer.getInt();
        if (byteKeys) {
          length = buffer.getInt();
          readBytes();
          key = Utf8Prefixes.firstEight(bytes, 0, length);
        } else {
          key = buffer.getLong();
        }
        return true;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void fill() throws IOException {
      buffer.compact();
      while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
        // Reads until the buffer is full or the file ends.
      }
      buffer.flip();
    }

    private void readBytes() throws IOException {
      if (bytes.length < length) {
        bytes = new byte[Math.max(length, 2 * bytes.length)];
      }
      int from = 0;
      while (from < length) {
        if (!buffer.hasRemaining()) {
          fill();
          if (!buffer.hasRemaining()) {
            throw new EOFException("sorted keys end too early: bytes=" + length);
          }
        }
        int piece = Math.min(length - from, buffer.remaining());
        buffer.get(bytes, from, piece);
        from += piece;
      }
    }

    @Override
    public long prefix() {
      return key;
    }

    @Override
    public byte[] bytes() {
      return bytes;
    }

    @Override
    public int offset() {
      return 0;
    }

    @Override
    public int length() {
      return length;
    }

    @Override
    public int row() {
      return row;
    }

    @Override
    public void close() {
      try {
        channel.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
