package dev.sagitta.engine.scalarindex.build;

import dev.sagitta.engine.filter.text.Utf8Prefixes;
import dev.sagitta.engine.scalarindex.file.ByteKeys;
import dev.sagitta.engine.scalarindex.file.LongKeys;
import dev.sagitta.engine.storage.BlockFileWriter;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.Arrays;

/**
 * Writes distinct keys, given in order, and counts them; see {@link LongKeys}, {@link ByteKeys}.
 */
final class KeySpools implements AutoCloseable {
  private final boolean byteKeys;

  /** Numbers, or the buckets of keys of bytes. */
  private final Spool keys;

  private final Spool buckets;
  private final Spool heads;
  private int count;
  private long lastPrefix;
  private byte[] last = new byte[64];
  private int lastLength;

  KeySpools(IndexBuild build, boolean byteKeys) throws IOException {
    this.byteKeys = byteKeys;
    this.keys = new Spool(build.temporary("keys"));
    this.buckets = new Spool(build.temporary("buckets"));
    this.heads = new Spool(build.temporary("heads"));
  }

  int count() {
    return count;
  }

  /** Whether the key of these pairs is the one added last. */
  boolean isLast(SortedPairs pairs) {
    return count > 0
        && pairs.prefix() == lastPrefix
        && (!byteKeys
            || Arrays.equals(
                last,
                0,
                lastLength,
                pairs.bytes(),
                pairs.offset(),
                pairs.offset() + pairs.length()));
  }

  void add(SortedPairs pairs) throws IOException {
    lastPrefix = pairs.prefix();
    if (byteKeys) {
      addBytes(pairs.bytes(), pairs.offset(), pairs.length());
    } else {
      keys.putLong(lastPrefix ^ Long.MIN_VALUE);
    }
    count = Math.addExact(count, 1);
  }

  private void addBytes(byte[] bytes, int offset, int length) throws IOException {
    int shared = 0;
    if (count % ByteKeys.BUCKET_KEYS == 0) {
      buckets.putLong(keys.size());
      heads.putLong(Utf8Prefixes.firstEight(bytes, offset, length));
    } else {
      int mismatch = Arrays.mismatch(last, 0, lastLength, bytes, offset, offset + length);
      shared = mismatch < 0 ? length : mismatch;
    }
    keys.putVariable(shared);
    keys.putVariable(length - shared);
    keys.putBytes(bytes, offset + shared, length - shared);
    if (last.length < length) {
      last = new byte[Math.max(length, 2 * last.length)];
    }
    System.arraycopy(bytes, offset, last, 0, length);
    lastLength = length;
  }

  void writeTo(BlockFileWriter writer, Arena arena) throws IOException {
    writer.block(byteKeys ? ByteKeys.TEXT_BLOCK : LongKeys.BLOCK, keys.map(arena));
    if (byteKeys) {
      writer.block(ByteKeys.BUCKETS_BLOCK, buckets.map(arena));
      writer.block(ByteKeys.HEADS_BLOCK, heads.map(arena));
    }
  }

  @Override
  public void close() throws IOException {
    try (keys;
        buckets) {
      heads.close();
    }
  }
}
