package dev.sagitta.engine.index;

import dev.sagitta.engine.column.VectorColumn;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.vector.TestVectors;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntPredicate;

/**
 * A type of vectors and a metric. Tests hold vectors of every type as floats: a binary one as zeros
 * and ones, a sparse one with a zero at each index that it lacks.
 */
public record TestSpace(DataType type, MetricType metric) {
  private static final float INT8_SCALE = 30;

  /** Of the numbers of a sparse vector about so many in a hundred are not 0. */
  private static final int SPARSE_PERCENT = 20;

  /** The nearest dimension that the type can have. */
  public int dimension(int wanted) {
    return type == DataType.BINARY_VECTOR ? (wanted + 7) / 8 * 8 : wanted;
  }

  /** Vectors in clusters, see {@link ClusteredVectors}. */
  public Source source(Random random, int rowCount, int dimension) {
    ClusteredVectors vectors = new ClusteredVectors(random, rowCount, dimension(dimension));
    return count -> round(vectors.draw(count));
  }

  /** Draws vectors of the space. */
  @FunctionalInterface
  public interface Source {
    float[][] draw(int count);
  }

  /** Vectors of the space that are like the given ones. */
  public float[][] round(float[][] rows) {
    float[][] rounded = new float[rows.length][];
    for (int row = 0; row < rows.length; row++) {
      rounded[row] = round(rows[row]);
    }
    return rounded;
  }

  private float[] round(float[] row) {
    float[] rounded = new float[row.length];
    float least = type == DataType.SPARSE_FLOAT_VECTOR ? leastKept(row) : 0;
    for (int i = 0; i < row.length; i++) {
      rounded[i] =
          switch (type) {
            case BINARY_VECTOR -> row[i] > 0 ? 1 : 0;
            case SPARSE_FLOAT_VECTOR -> row[i] > 0 && row[i] >= least ? row[i] : 0;
            case INT8_VECTOR -> TestVectors.round(type, row[i] * INT8_SCALE);
            default -> TestVectors.round(type, row[i]);
          };
    }
    return rounded;
  }

  private static float leastKept(float[] row) {
    float[] sorted = row.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length - Math.max(1, sorted.length * SPARSE_PERCENT / 100)];
  }

  public VectorColumn column(Arena arena, int rowsPerBlock, float[][] rows) {
    return column(arena, rowsPerBlock, rows, row -> false, false);
  }

  /** A column of the vectors, whose numbers the type holds exactly. */
  public VectorColumn column(
      Arena arena, int rowsPerBlock, float[][] rows, IntPredicate nulls, boolean mayHaveNulls) {
    return switch (type) {
      case BINARY_VECTOR -> new OffHeapBits(arena, rowsPerBlock, rows, nulls, mayHaveNulls);
      case SPARSE_FLOAT_VECTOR -> new OffHeapSparseVectors(arena, rows, nulls, mayHaveNulls);
      default -> new OffHeapVectors(arena, type, rowsPerBlock, rows, nulls, mayHaveNulls);
    };
  }

  public QueryVector query(float[] vector) {
    return switch (type) {
      case BINARY_VECTOR -> new QueryVector.Binary(OffHeapBits.pack(vector), 0);
      case SPARSE_FLOAT_VECTOR -> OffHeapSparseVectors.entries(vector);
      default -> QueryVector.of(vector);
    };
  }

  /** Whether a search may offer a row of that score at all, see {@link SparseScan}. */
  public boolean findable(double score) {
    return type != DataType.SPARSE_FLOAT_VECTOR || score > 0;
  }
}
