package dev.sagitta.engine.filter.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Collection;
import java.util.Objects;

/** An immutable set of strings: an open hash table of UTF-8 bytes, at most half full. */
public final class Utf8Set implements Utf8Test {
  private static final byte[][] NO_SLOTS = {};
  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[][] slots;
  private final int[] hashes;

  /** Bit i for a value of i bytes, the last bit for all longer ones. */
  private final long lengths;

  /** Made when first asked for. */
  private volatile byte[][] sorted;

  public Utf8Set(Collection<String> values) {
    if (values.isEmpty()) {
      slots = NO_SLOTS;
      hashes = new int[0];
      lengths = 0;
      return;
    }
    int slotCount = Integer.highestOneBit(Math.max(4, values.size() * 2 - 1)) << 1;
    slots = new byte[slotCount][];
    hashes = new int[slotCount];
    long lengthBits = 0;
    for (String value : values) {
      byte[] utf8 = value.getBytes(UTF_8);
      lengthBits |= lengthBit(utf8.length);
      add(utf8);
    }
    lengths = lengthBits;
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

  /** The values, each once, in the order of their unsigned bytes; not to be changed. */
  public byte[][] sortedValues() {
    byte[][] values = sorted;
    if (values == null) {
      values =
          Arrays.stream(slots)
              .filter(Objects::nonNull)
              .sorted(Arrays::compareUnsigned)
              .toArray(byte[][]::new);
      sorted = values;
    }
    return values;
  }

  @Override
  public boolean mayHaveLength(int length) {
    return (lengths & lengthBit(length)) != 0;
  }

  private static long lengthBit(int length) {
    return 1L << Math.min(length, Long.SIZE - 1);
  }

  @Override
  public boolean matches(byte[] utf8, int offset, int length) {
    if (!mayHaveLength(length)) {
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

  /** Eight bytes a step; what is left over is mixed in byte by byte. */
  private static int hash(byte[] utf8, int offset, int length) {
    long hash = length;
    int position = offset;
    int end = offset + length;
    for (; position + Long.BYTES <= end; position += Long.BYTES) {
      hash = mix(hash, (long) EIGHT_BYTES.get(utf8, position));
    }
    long rest = 0;
    for (; position < end; position++) {
      rest = (rest << 8) | (utf8[position] & 0xFF);
    }
    hash = mix(hash, rest);
    return (int) (hash >>> 32);
  }

  private static long mix(long hash, long word) {
    long product = (hash ^ word) * 0x9E3779B97F4A7C15L;
    return product ^ (product >>> 29);
  }
}
