package dev.sagitta.engine.segment;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.filter.syntax.ComparisonOperator;
import dev.sagitta.engine.filter.text.Utf8Comparison;
import dev.sagitta.engine.filter.text.Utf8Set;
import dev.sagitta.engine.filter.text.Utf8Test;
import dev.sagitta.engine.scalarindex.RowMatch;
import dev.sagitta.engine.scalarindex.ScalarIndex;
import dev.sagitta.engine.scalarindex.ScalarTest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Leaves out the chunks of a segment whose range of values shows that no row passes. What is left
 * has to be tested.
 */
final class ChunkRanges implements ScalarIndex {
  private static final double CHUNK_COST = 50;

  private final List<ChunkStats> chunks;
  private final long fieldId;
  private final int rowCount;

  /**
   * Ranges of one field.
   *
   * @param chunks statistics of all chunks, in the order of their rows
   */
  ChunkRanges(List<ChunkStats> chunks, long fieldId, int rowCount) {
    this.chunks = requireNonNull(chunks, "chunks is null");
    this.fieldId = fieldId;
    this.rowCount = rowCount;
  }

  @Override
  public int rowCount() {
    return rowCount;
  }

  @Override
  public Optional<RowMatch> match(ScalarTest test) {
    boolean[] kept = new boolean[chunks.size()];
    long rows = 0;
    for (int i = 0; i < kept.length; i++) {
      kept[i] = mayHold(chunks.get(i), test);
      rows += kept[i] ? chunks.get(i).rowCount() : 0;
    }
    return rows == rowCount ? Optional.empty() : Optional.of(new KeptChunks(kept, rows));
  }

  private boolean mayHold(ChunkStats chunk, ScalarTest test) {
    Optional<FieldStats> stats = chunk.field(fieldId);
    if (stats.isEmpty()) {
      return true;
    }
    if (stats.get().nullCount() == chunk.rowCount()) {
      return false;
    }
    if (stats.get().range().isEmpty()) {
      return true;
    }
    return switch (stats.get().range().get()) {
      case ValueRange.Longs(long min, long max) when test instanceof ScalarTest.Longs longs ->
          longs.test().containsAnyOf(min, max);
      case ValueRange.Doubles(double min, double max)
          when test instanceof ScalarTest.Doubles doubles ->
          doubles.test().containsAnyOf(min, max);
      case ValueRange.Strings strings when test instanceof ScalarTest.Strings(Utf8Test tested) ->
          mayHold(strings, tested);
      default -> true;
    };
  }

  private static boolean mayHold(ValueRange.Strings range, Utf8Test test) {
    if (test instanceof Utf8Comparison comparison) {
      return mayHold(range, comparison.operator(), comparison.constant());
    }
    if (test instanceof Utf8Set set) {
      byte[][] values = set.sortedValues();
      int position = Arrays.binarySearch(values, range.min(), Arrays::compareUnsigned);
      int next = position >= 0 ? position : -position - 1;
      return next < values.length && range.contains(values[next]);
    }
    byte[] prefix = test.shape().prefix();
    byte[] shortMin = Arrays.copyOf(range.min(), Math.min(prefix.length, range.min().length));
    return Arrays.compareUnsigned(shortMin, prefix) <= 0
        && Arrays.compareUnsigned(range.max(), prefix) >= 0;
  }

  private static boolean mayHold(
      ValueRange.Strings range, ComparisonOperator operator, byte[] constant) {
    int toMin = Arrays.compareUnsigned(constant, range.min());
    int toMax = Arrays.compareUnsigned(constant, range.max());
    return switch (operator) {
      case EQUAL -> toMin >= 0 && toMax <= 0;
      case NOT_EQUAL -> toMin != 0 || toMax != 0;
      case LESS -> toMin > 0;
      case LESS_OR_EQUAL -> toMin >= 0;
      case GREATER -> toMax < 0;
      case GREATER_OR_EQUAL -> toMax <= 0;
    };
  }

  @Override
  public long sizeInBytes() {
    return 0;
  }

  @Override
  public void close() {}

  private final class KeptChunks implements RowMatch {
    private final boolean[] kept;
    private final long rows;

    KeptChunks(boolean[] kept, long rows) {
      this.kept = kept;
      this.rows = rows;
    }

    @Override
    public long estimatedRows() {
      return rows;
    }

    @Override
    public double cost() {
      return kept.length * CHUNK_COST;
    }

    /** Without any row it is certain that none passes. */
    @Override
    public boolean exact() {
      return rows == 0;
    }

    @Override
    public RowBitmap rows() {
      RowBitmap bitmap = new RowBitmap(rowCount);
      int first = 0;
      for (int i = 0; i < kept.length; i++) {
        int end = first + chunks.get(i).rowCount();
        if (kept[i]) {
          bitmap.addRange(first, end);
        }
        first = end;
      }
      return bitmap;
    }
  }
}
