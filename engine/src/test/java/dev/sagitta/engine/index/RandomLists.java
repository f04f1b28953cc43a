package dev.sagitta.engine.index;

import dev.sagitta.engine.column.ColumnBuilder;
import dev.sagitta.engine.column.ColumnType;
import dev.sagitta.engine.column.VectorListColumn;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.MetricType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Lists of vectors around a few centres, and what a search in them must find, computed by the
 * definition.
 *
 * @param rows the lists; null for a null row
 */
public record RandomLists(int dimension, float[][][] rows) {
  /** Lists of up to {@code maximumLength} vectors; some are empty, some rows are null. */
  public static RandomLists draw(Random random, int dimension, int rowCount, int maximumLength) {
    return around(random, centres(random, dimension), rowCount, maximumLength, true);
  }

  /** Rows, and queries that lie where the rows do. */
  public record WithQueries(RandomLists rows, List<QueryVector> queries) {}

  public static WithQueries drawWithQueries(
      Random random, int dimension, int rowCount, int maximumLength, int queryCount) {
    float[][] centres = centres(random, dimension);
    RandomLists rows = around(random, centres, rowCount, maximumLength, true);
    RandomLists queries = around(random, centres, queryCount, maximumLength, false);
    return new WithQueries(rows, QueryVector.ofRows(queries.column()));
  }

  private static float[][] centres(Random random, int dimension) {
    float[][] centres = new float[40][];
    Arrays.setAll(centres, i -> vector(random, new float[dimension], 1));
    return centres;
  }

  private static RandomLists around(
      Random random, float[][] centres, int rowCount, int maximumLength, boolean gaps) {
    float[][][] rows = new float[rowCount][][];
    for (int row = 0; row < rowCount; row++) {
      if (gaps && random.nextInt(20) == 0) {
        continue;
      }
      int least = gaps ? 0 : 1;
      rows[row] = new float[least + random.nextInt(maximumLength + 1 - least)][];
      Arrays.setAll(rows[row], i -> vector(random, centres[random.nextInt(centres.length)], 0.4f));
    }
    return new RandomLists(centres[0].length, rows);
  }

  private static float[] vector(Random random, float[] centre, float spread) {
    float[] vector = new float[centre.length];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = centre[i] + spread * (float) random.nextGaussian();
    }
    return vector;
  }

  /** The lists as a column on the heap. */
  public VectorListColumn column() {
    ColumnBuilder builder =
        ColumnBuilder.forType(
            new ColumnType(DataType.ARRAY_OF_VECTOR, Optional.of(DataType.FLOAT_VECTOR), dimension),
            rows.length);
    for (float[][] list : rows) {
      if (list == null) {
        builder.appendNull();
        continue;
      }
      builder.beginArray();
      for (float[] vector : list) {
        builder.appendVector(vector, 0);
      }
      builder.endArray();
    }
    return (VectorListColumn) builder.build();
  }

  /** The row's score. */
  public double score(MetricType metric, int row, QueryVector query) {
    QueryVector.VectorList list = query.list();
    MetricType ofElements = metric.ofListElements().orElseThrow();
    double sum = 0;
    for (int i = 0; i < list.count(); i++) {
      float[] wanted = Arrays.copyOfRange(list.values(), i * dimension, (i + 1) * dimension);
      double best = metric.largerIsNearer() ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
      for (float[] vector : rows[row]) {
        double score = ReferenceSearch.score(ofElements, vector, wanted);
        best = metric.largerIsNearer() ? Math.max(best, score) : Math.min(best, score);
      }
      sum += best;
    }
    return sum;
  }

  /** The allowed rows that have a score, best first. */
  public List<Integer> nearest(MetricType metric, QueryVector query, IntPredicate allowed) {
    double[] scores = new double[rows.length];
    List<Integer> found = new ArrayList<>();
    IntStream.range(0, rows.length)
        .filter(row -> rows[row] != null && rows[row].length > 0 && allowed.test(row))
        .forEach(
            row -> {
              scores[row] = score(metric, row, query);
              found.add(row);
            });
    Comparator<Integer> byScore = Comparator.comparingDouble(row -> scores[row]);
    found.sort(metric.largerIsNearer() ? byScore.reversed() : byScore);
    return found;
  }
}
