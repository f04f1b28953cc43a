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
        public boolean mayHaveNulls() {
          return false;
        }
      };

  /** All rows are null. */
  Validity ALL_NULL = row -> true;

  boolean isNull(int row);

  default boolean mayHaveNulls() {
    return true;
  }

  /** Nulls as set bits, bit {@code row & 7} of byte {@code row >>> 3}; empty memory: no nulls. */
  static Validity ofNullBits(MemorySegment nullBits) {
    return nullBits.byteSize() == 0 ? NO_NULLS : new NullBits(nullBits);
  }
}
