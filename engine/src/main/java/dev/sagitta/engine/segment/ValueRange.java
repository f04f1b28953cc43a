package dev.sagitta.engine.segment;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.column.DoubleColumn;
import dev.sagitta.engine.column.LongColumn;
import dev.sagitta.engine.column.StringColumn;
import java.util.Arrays;
import java.util.Optional;

/** Smallest and largest value of a field's rows that are not null. */
public sealed interface ValueRange {
  /** Range of an integer field. */
  record Longs(long min, long max) implements ValueRange {}

  /** Range of a floating-point field. */
  record Doubles(double min, double max) implements ValueRange {}

  /** Range of a VARCHAR field, as UTF-8 in the order of unsigned bytes. */
  record Strings(byte[] min, byte[] max) implements ValueRange {
    public Strings {
      requireNonNull(min, "min is null");
      requireNonNull(max, "max is null");
    }

    public boolean contains(byte[] utf8) {
      return Arrays.compareUnsigned(min, utf8) <= 0 && Arrays.compareUnsigned(utf8, max) <= 0;
    }
  }

  /** Longer strings are not kept: a range must stay small beside the rows it describes. */
  int MAX_STRING_BYTES = 1024;

  /**
   * The range of the rows {@code from} to {@code to - 1}; empty if all are null, if a number is
   * NaN, a bound is a long string, or the type has no order.
   */
  static Optional<ValueRange> of(Column column, int from, int to) {
    return switch (column) {
      case LongColumn integers -> ofLongs(integers, from, to);
      case DoubleColumn doubles -> ofDoubles(doubles, from, to);
      case StringColumn strings -> ofStrings(strings, from, to);
      default -> Optional.empty();
    };
  }

  private static Optional<ValueRange> ofLongs(LongColumn column, int from, int to) {
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    for (int row = from; row < to; row++) {
      if (!column.isNull(row)) {
        min = Math.min(min, column.longAt(row));
        max = Math.max(max, column.longAt(row));
      }
    }
    return min > max ? Optional.empty() : Optional.of(new Longs(min, max));
  }

  private static Optional<ValueRange> ofDoubles(DoubleColumn column, int from, int to) {
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (int row = from; row < to; row++) {
      if (!column.isNull(row)) {
        min = Math.min(min, column.doubleAt(row));
        max = Math.max(max, column.doubleAt(row));
      }
    }
    return min <= max ? Optional.of(new Doubles(min, max)) : Optional.empty();
  }

  private static Optional<ValueRange> ofStrings(StringColumn column, int from, int to) {
    int min = -1;
    int max = -1;
    for (int row = from; row < to; row++) {
      if (column.isNull(row)) {
        continue;
      }
      if (min < 0 || column.compareRows(row, column, min) < 0) {
        min = row;
      }
      if (max < 0 || column.compareRows(row, column, max) > 0) {
        max = row;
      }
    }
    if (min < 0
        || column.utf8LengthAt(min) > MAX_STRING_BYTES
        || column.utf8LengthAt(max) > MAX_STRING_BYTES) {
      return Optional.empty();
    }
    byte[] minUtf8 = new byte[column.utf8LengthAt(min)];
    byte[] maxUtf8 = new byte[column.utf8LengthAt(max)];
    column.copyUtf8(min, minUtf8, 0);
    column.copyUtf8(max, maxUtf8, 0);
    return Optional.of(new Strings(minUtf8, maxUtf8));
  }
}
