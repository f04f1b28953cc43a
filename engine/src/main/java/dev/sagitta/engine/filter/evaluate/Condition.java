package dev.sagitta.engine.filter.evaluate;

import dev.sagitta.engine.column.ColumnSource;
import java.util.Optional;

/** What a leaf of a filter tests, regardless of nulls. Immutable. */
public interface Condition {

  /** Starts a run over the columns; the matcher is used by one thread. */
  Matcher open(ColumnSource columns);

  /** Rough nanoseconds per row. */
  int cost();

  /** What an index may be asked instead; empty if there is no such question. */
  default Optional<IndexableTest> indexableTest() {
    return Optional.empty();
  }

  /** Tests rows block by block. May keep buffers. */
  @FunctionalInterface
  interface Matcher {

    /**
     * Tests {@code count} rows (1 to 64) from {@code firstRow} on; bit i of the answer is for row
     * {@code firstRow + i}.
     *
     * @param wanted rows whose answer counts; costly tests skip the others, whose bits may be
     *     anything
     */
    long matches(int firstRow, int count, long wanted);
  }

  /** Tests one row, where a row costs more than a call. */
  @FunctionalInterface
  interface RowTest {
    boolean matches(int row);
  }

  /** A matcher that looks at each wanted row. */
  static Matcher rowByRow(RowTest test) {
    return (firstRow, count, wanted) -> {
      long bits = 0;
      for (long rest = wanted; rest != 0; rest &= rest - 1) {
        if (test.matches(firstRow + Long.numberOfTrailingZeros(rest))) {
          bits |= Long.lowestOneBit(rest);
        }
      }
      return bits;
    };
  }
}
