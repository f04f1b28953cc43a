package dev.sagitta.engine.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sagitta.engine.column.PrimaryKeys;

/**
 * Spreads keys over shards (and partition keys over partitions). What is stored depends on it: it
 * must give the same number for ever, on every machine.
 *
 * <p>Integers: the 64-bit finalizer of MurmurHash3. Texts: MurmurHash3_x86_32 with seed 0 over the
 * UTF-8 bytes, as an unsigned number. (Austin Appleby, SMHasher, public domain.) The number of the
 * shard is the unsigned remainder.
 */
public final class KeyHash {
  private KeyHash() {}

  /** The number, 0 to {@code count - 1}, of the shard of each key. */
  public static int[] shardsOf(PrimaryKeys keys, int count) {
    int[] shards = new int[keys.size()];
    if (count == 1) {
      return shards;
    }
    switch (keys) {
      case PrimaryKeys.LongKeys integers -> {
        for (int i = 0; i < shards.length; i++) {
          shards[i] = (int) Long.remainderUnsigned(hash(integers.values()[i]), count);
        }
      }
      case PrimaryKeys.StringKeys strings -> {
        for (int i = 0; i < shards.length; i++) {
          shards[i] = Integer.remainderUnsigned(hash(strings.values()[i]), count);
        }
      }
    }
    return shards;
  }

  static long hash(long key) {
    long hash = key;
    hash ^= hash >>> 33;
    hash *= 0xff51afd7ed558ccdL;
    hash ^= hash >>> 33;
    hash *= 0xc4ceb9fe1a85ec53L;
    hash ^= hash >>> 33;
    return hash;
  }

  static int hash(String key) {
    byte[] bytes = key.getBytes(UTF_8);
    int wholeBlocks = bytes.length & -4;
    int hash = 0;
    for (int i = 0; i < wholeBlocks; i += 4) {
      hash ^= scramble(block(bytes, i, 4));
      hash = Integer.rotateLeft(hash, 13) * 5 + 0xe6546b64;
    }
    hash ^= scramble(block(bytes, wholeBlocks, bytes.length - wholeBlocks));
    hash ^= bytes.length;
    hash ^= hash >>> 16;
    hash *= 0x85ebca6b;
    hash ^= hash >>> 13;
    hash *= 0xc2b2ae35;
    hash ^= hash >>> 16;
    return hash;
  }

  /** Up to four bytes as a little-endian number. */
  private static int block(byte[] bytes, int offset, int length) {
    int block = 0;
    for (int i = 0; i < length; i++) {
      block |= (bytes[offset + i] & 0xff) << (8 * i);
    }
    return block;
  }

  private static int scramble(int block) {
    return Integer.rotateLeft(block * 0xcc9e2d51, 15) * 0x1b873593;
  }
}
