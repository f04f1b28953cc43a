package dev.sagitta.engine.index.code;

import dev.sagitta.engine.storage.LittleEndian;
import java.lang.foreign.MemorySegment;

/**
 * Where the levels of a vector lie in a scalar code of 8, 6 or 4 bits a number. A code consists of
 * planes of {@code planeBytes} bytes, so that one load brings the same bits of many dimensions.
 * Group {@code k} holds the dimensions from {@code k * planeBytes} on, its byte {@code j} dimension
 * {@code k * planeBytes + j}; positions behind the last dimension are gaps of level 0.
 *
 * <pre>
 * 8 bits  one plane: the level
 * 6 bits  three planes A, B, C; the low 6 bits of byte j are the levels of groups 0, 1, 2;
 *         the level of group 3 is (A >> 6) | (B >> 6) << 2 | (C >> 6) << 4
 * 4 bits  one plane: group 0 in the low, group 1 in the high bits
 * </pre>
 */
final class ScalarCodeLayout {
  private final int dimension;
  private final int bits;
  private final int groups;
  private final int planeBytes;

  ScalarCodeLayout(int dimension, int bits) {
    this.dimension = dimension;
    this.bits = bits;
    this.groups =
        switch (bits) {
          case 8 -> 1;
          case 6 -> 4;
          case 4 -> 2;
          default -> throw new IllegalArgumentException("no such scalar code: bits=" + bits);
        };
    this.planeBytes = Math.ceilDiv(dimension, groups);
  }

  int dimension() {
    return dimension;
  }

  int bits() {
    return bits;
  }

  int highestLevel() {
    return (1 << bits) - 1;
  }

  int planeBytes() {
    return planeBytes;
  }

  int codeBytes() {
    return bits == 6 ? 3 * planeBytes : planeBytes;
  }

  /** Number of positions, the gaps behind the last dimension included. */
  int positions() {
    return groups * planeBytes;
  }

  /** Writes the levels of all positions. */
  void write(int[] levels, MemorySegment target, long offset) {
    for (int j = 0; j < planeBytes; j++) {
      switch (bits) {
        case 8 -> target.set(LittleEndian.BYTE, offset + j, (byte) levels[j]);
        case 4 -> {
          int high = levels[j + planeBytes];
          target.set(LittleEndian.BYTE, offset + j, (byte) (levels[j] | (high << 4)));
        }
        default -> {
          int last = levels[j + 3 * planeBytes];
          for (int k = 0; k < 3; k++) {
            int value = levels[j + k * planeBytes] | (((last >> (2 * k)) & 3) << 6);
            target.set(LittleEndian.BYTE, offset + j + (long) k * planeBytes, (byte) value);
          }
        }
      }
    }
  }

  /** Reads the levels of all positions. */
  void read(MemorySegment codes, long offset, int[] levels) {
    for (int j = 0; j < planeBytes; j++) {
      int value = codes.get(LittleEndian.BYTE, offset + j) & 0xff;
      switch (bits) {
        case 8 -> levels[j] = value;
        case 4 -> {
          levels[j] = value & 0xf;
          levels[j + planeBytes] = value >> 4;
        }
        default -> {
          int second = codes.get(LittleEndian.BYTE, offset + j + planeBytes) & 0xff;
          int third = codes.get(LittleEndian.BYTE, offset + j + 2L * planeBytes) & 0xff;
          levels[j] = value & 0x3f;
          levels[j + planeBytes] = second & 0x3f;
          levels[j + 2 * planeBytes] = third & 0x3f;
          levels[j + 3 * planeBytes] = (value >> 6) | ((second >> 6) << 2) | ((third >> 6) << 4);
        }
      }
    }
  }
}
