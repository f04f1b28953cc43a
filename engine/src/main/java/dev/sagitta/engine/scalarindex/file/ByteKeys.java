package dev.sagitta.engine.scalarindex.file;

import dev.sagitta.engine.filter.text.Utf8Prefixes;
import dev.sagitta.engine.storage.BlockFile;
import dev.sagitta.engine.storage.LittleEndian;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Sorted keys of bytes, in place, without the bytes that a key shares with the one before (front
 * coding, as in Witten, Moffat and Bell, "Managing Gigabytes", 4.1): a trie laid flat, in buckets
 * of {@value #BUCKET_KEYS} keys of which the first one is whole.
 *
 * <ul>
 *   <li>Block {@value #TEXT_BLOCK}: the buckets. A key is the number of bytes that it shares with
 *       the key before, the number of bytes that follow (both seven bits a byte, lowest first,
 *       highest bit set on all but the last), and these bytes. The first key of a bucket shares
 *       none.
 *   <li>Block {@value #BUCKETS_BLOCK}: int64 for each bucket, its offset in the first block.
 *   <li>Block {@value #HEADS_BLOCK}: int64 for each bucket, the first eight bytes of its first key,
 *       big-endian, padded with zeros: most comparisons of a search end here.
 * </ul>
 */
public final class ByteKeys {
  /** Keys of one bucket. */
  public static final int BUCKET_KEYS = 16;

  public static final int TEXT_BLOCK = 4;
  public static final int BUCKETS_BLOCK = 5;
  public static final int HEADS_BLOCK = 6;

  private final int size;
  private final int bucketCount;
  private final MemorySegment text;
  private final MemorySegment buckets;
  private final MemorySegment heads;

  ByteKeys(BlockFile file, int size) {
    this.size = size;
    this.bucketCount = (int) (((long) size + BUCKET_KEYS - 1) / BUCKET_KEYS);
    this.text = file.block(TEXT_BLOCK);
    this.buckets = Blocks.ofLength(file, BUCKETS_BLOCK, (long) bucketCount * Long.BYTES);
    this.heads = Blocks.ofLength(file, HEADS_BLOCK, (long) bucketCount * Long.BYTES);
  }

  public int size() {
    return size;
  }

  /** A reader that moves over the keys; belongs to one thread. */
  public Cursor cursor() {
    return new Cursor();
  }

  /**
   * Looks for a key.
   *
   * @param from where the answer is at least, for example an answer for a smaller key; makes
   *     ascending searches cheap
   * @return its position, or {@code -p - 1} if it is no key, and p keys are smaller
   */
  public int search(byte[] key, int from) {
    Reader reader = new Reader();
    int bucket = lastBucketNotAbove(key, from / BUCKET_KEYS, reader);
    if (bucket < 0) {
      return -1;
    }
    reader.position = offsetOf(bucket);
    int ordinal = bucket * BUCKET_KEYS;
    int end = Math.min(size, ordinal + BUCKET_KEYS);
    // Bytes that the key before, which is smaller, has in common with the wanted one.
    int common = 0;
    for (; ordinal < end; ordinal++) {
      int shared = reader.readVariable();
      int added = reader.readVariable();
      if (shared < common) {
        return -ordinal - 1;
      }
      if (shared == common) {
        int order = reader.compare(added, key, common);
        if (order >= 0) {
          return order == 0 ? ordinal : -ordinal - 1;
        }
        common = reader.common;
      }
      reader.position += added;
    }
    return -end - 1;
  }

  private long offsetOf(int bucket) {
    return buckets.get(LittleEndian.LONG, (long) bucket * Long.BYTES);
  }

  /** The last bucket whose first key is not greater than {@code key}, or -1. */
  private int lastBucketNotAbove(byte[] key, int from, Reader reader) {
    long prefix = Utf8Prefixes.firstEight(key, 0, key.length);
    int low = from;
    int high = from;
    int step = 1;
    while (high < bucketCount && !isAbove(high, key, prefix, reader)) {
      low = high + 1;
      high = (int) Math.min(bucketCount, (long) high + step);
      step <<= 1;
    }
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (isAbove(middle, key, prefix, reader)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low - 1;
  }

  private boolean isAbove(int bucket, byte[] key, long prefix, Reader reader) {
    int order =
        Long.compareUnsigned(heads.get(LittleEndian.LONG, (long) bucket * Long.BYTES), prefix);
    if (order != 0) {
      return order > 0;
    }
    reader.position = offsetOf(bucket);
    int shared = reader.readVariable();
    int added = reader.readVariable();
    return shared != 0 || reader.compare(added, key, 0) > 0;
  }

  /** A position in the text. Belongs to one thread. */
  private final class Reader {
    private long position;

    /** Bytes found equal by the last comparison, and those before them. */
    private int common;

    int readVariable() {
      int value = 0;
      for (int shift = 0; shift < Integer.SIZE; shift += 7) {
        byte next = text.get(LittleEndian.BYTE, position++);
        value |= (next & 0x7F) << shift;
        if (next >= 0) {
          return value;
        }
      }
      return -1;
    }

    /** Compares the next {@code length} bytes with the key's from {@code from} on. */
    int compare(int length, byte[] key, int from) {
      int most = Math.min(length, key.length - from);
      int equal = 0;
      while (equal < most && text.get(LittleEndian.BYTE, position + equal) == key[from + equal]) {
        equal++;
      }
      common = from + equal;
      return equal < most
          ? Byte.compareUnsigned(text.get(LittleEndian.BYTE, position + equal), key[common])
          : Integer.compare(length, key.length - from);
    }
  }

  /** Reads keys one after another through one buffer. */
  public final class Cursor {
    private byte[] bytes = new byte[64];
    private int length;
    private int ordinal = -1;
    private final Reader reader = new Reader();

    private Cursor() {}

    /** The current key, from 0 to {@link #length}; good until the next move. */
    public byte[] bytes() {
      return bytes;
    }

    public int length() {
      return length;
    }

    public int ordinal() {
      return ordinal;
    }

    /** Moves to a key, which there is. */
    public void moveTo(int target) {
      if (target < 0 || target >= size) {
        throw new IndexOutOfBoundsException("no such key: ordinal=" + target + " size=" + size);
      }
      moveToBucket(target / BUCKET_KEYS);
      while (ordinal < target) {
        next();
      }
    }

    private void moveToBucket(int bucket) {
      reader.position = offsetOf(bucket);
      ordinal = bucket * BUCKET_KEYS - 1;
      length = 0;
      next();
    }

    /** Moves to the next key, which there is. */
    public void next() {
      int shared = reader.readVariable();
      int added = reader.readVariable();
      if (shared < 0 || shared > length || added < 0 || added > text.byteSize() - reader.position) {
        throw new IllegalStateException(
            "key is damaged: ordinal=" + (ordinal + 1) + " shared=" + shared + " added=" + added);
      }
      if (shared + added > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(shared + added, 2 * bytes.length));
      }
      MemorySegment.copy(text, LittleEndian.BYTE, reader.position, bytes, shared, added);
      reader.position += added;
      length = shared + added;
      ordinal++;
    }
  }
}
