package dev.sagitta.engine.filter.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Collection;

/** An immutable set of strings: an open hash table of UTF-8 bytes, at most half full. */
public final class Utf8Set implements Utf8Test {
  private static final byte[][] NO_SLOTS = {};

  private final byte[][] slots;
  private final int[] hashes;
  private final int shortest;
  private final int longest;

  public Utf8Set(Collection<String> values) {
    if (values.isEmpty()) {
      slots = NO_SLOTS;
      hashes = new int[0];
      shortest = 1;
      longest = 0;
      return;
    }
    int slotCount = Integer.highestOneBit(Math.max(4, values.size() * 2 - 1)) << 1;
    slots = new byte[slotCount][];
    hashes = new int[slotCount];
    int fewest = Integer.MAX_VALUE;
    int most = 0;
    for (String value : values) {
      byte[] utf8 = value.getBytes(UTF_8);
      fewest = Math.min(fewest, utf8.length);
      most = Math.max(most, utf8.length);
      add(utf8);
    }
    shortest = fewest;
    longest = most;
  }

  private void add(byte[] utf8) {
    int hash = hash(utf8, 0, utf8.length);
    int slot = hash & (slots.length - 1);
    while (slots[slot] != null) {
      if (Arrays.equals(slots[slot], utf8)) {
        return;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    slots[slot] = utf8;
    hashes[slot] = hash;
  }

  @Override
  public boolean matches(byte[] utf8, int offset, int length) {
    if (length < shortest || length > longest) {
      return false;
    }
    int hash = hash(utf8, offset, length);
    int slot = hash & (slots.length - 1);
    while (slots[slot] != null) {
      byte[] candidate = slots[slot];
      if (hashes[slot] == hash
          && Arrays.equals(candidate, 0, candidate.length, utf8, offset, offset + length)) {
        return true;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    return false;
  }

  private static int hash(byte[] utf8, int offset, int length) {
    int hash = length;
    for (int i = offset; i < offset + length; i++) {
      hash = hash * 31 + utf8[i];
    }
    hash *= 0x9E3779B9;
    return hash ^ (hash >>> 15);
  }
}
