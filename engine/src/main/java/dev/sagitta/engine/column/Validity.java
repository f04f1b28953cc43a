package dev.sagitta.engine.column;

import java.lang.foreign.MemorySegment;

/** Which rows of a column are null. */
public interface Validity {
  /** No row is null. */
  Validity NO_NULLS =
      new Validity() {
        @Override
        public boolean isNull(int row) {
          return false;
        }

        @Override
        public long nullBits(int firstRow, int count) {
          return 0;
        }

        @Override
        public boolean mayHaveNulls() {
          return false;
        }
      };

  /** All rows are null. */
  Validity ALL_NULL =
      new Validity() {
        @Override
        public boolean isNull(int row) {
          return true;
        }

        @Override
        public long nullBits(int firstRow, int count) {
          return -1L >>> (Long.SIZE - count);
        }
      };

  boolean isNull(int row);

  /** The null rows among {@code count} rows, 1 to 64, from {@code firstRow} on. */
  default long nullBits(int firstRow, int count) {
    long bits = 0;
    for (int i = 0; i < count; i++) {
      if (isNull(firstRow + i)) {
        bits |= 1L << i;
      }
    }
    return bits;
  }

  default boolean mayHaveNulls() {
    return true;
  }

  /** Nulls as set bits, bit {@code row & 7} of byte {@code row >>> 3}; empty memory: no nulls. */
  static Validity ofNullBits(MemorySegment nullBits) {
    return nullBits.byteSize() == 0 ? NO_NULLS : new NullBits(nullBits);
  }
}
