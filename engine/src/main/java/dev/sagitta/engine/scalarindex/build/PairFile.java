package dev.sagitta.engine.scalarindex.build;

import dev.sagitta.engine.filter.text.Utf8Prefixes;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A temporary file of sorted keys and rows. It never outlives the build that wrote it. */
final class PairFile {
  private static final int BUFFER_BYTES = 1 << 14;

  private PairFile() {}

  /** Writes all pairs from the next one on. */
  static void write(Path file, boolean byteKeys, SortedPairs pairs) throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES))) {
      while (pairs.next()) {
        out.writeInt(pairs.row());
        if (byteKeys) {
          out.writeInt(pairs.length());
          out.write(pairs.bytes(), pairs.offset(), pairs.length());
        } else {
          out.writeLong(pairs.prefix());
        }
      }
    }
  }

  static SortedPairs read(Path file, boolean byteKeys) throws IOException {
    return new Reader(
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES)),
        byteKeys);
  }

  private static final class Reader implements SortedPairs {
    private final DataInputStream in;
    private final boolean byteKeys;
    private int row;
    private long key;
    private byte[] bytes = new byte[64];
    private int length;

    Reader(DataInputStream in, boolean byteKeys) {
      this.in = in;
      this.byteKeys = byteKeys;
    }

    @Override
    public boolean next() {
      try {
        row = in.readInt();
      } catch (EOFException e) {
        return false;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      try {
        readKey();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return true;
    }

    private void readKey() throws IOException {
      if (!byteKeys) {
        key = in.readLong();
        return;
      }
      length = in.readInt();
      if (bytes.length < length) {
        bytes = new byte[Math.max(length, 2 * bytes.length)];
      }
      in.readFully(bytes, 0, length);
      key = Utf8Prefixes.firstEight(bytes, 0, length);
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
        in.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
