package dev.sagitta.bench.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sagitta.engine.schema.MetricType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exact neighbours against sorting all rows by plain loops, and how recall is counted. */
class TestGroundTruth {
  private static final int ROWS = 300;
  private static final int QUERIES = 6;

  @TempDir private Path folder;

  @Test
  void testNeighboursOfAllAndOfSomeRows() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int dimension : new int[] {1, 7, 16, 33}) {
      for (MetricType metric : List.of(MetricType.L2, MetricType.COSINE)) {
        float[][] base = vectors(random, ROWS, dimension);
        float[][] queries = vectors(random, QUERIES, dimension);
        BitSet all = new BitSet();
        all.set(0, ROWS);
        BitSet some = new BitSet();
        random.ints(40, 0, ROWS).forEach(some::set);
        BitSet three = new BitSet();
        three.set(5, 8);
        int[][][] nearest =
            new ExactNeighbours(base, queries, metric).nearest(List.of(all, some, three), 12);
        for (int query = 0; query < QUERIES; query++) {
          assertDistances(metric, base, queries[query], nearest[0][query], all, seed);
          assertDistances(metric, base, queries[query], nearest[1][query], some, seed);
          assertThat(nearest[2][query]).as("seed=%d", seed).contains(5, 6, 7).endsWith(-1);
        }
      }
    }
  }

  @Test
  void testRecallCountsTiesAndWhatIsMissing() throws Exception {
    float[][] base = new float[40][1];
    for (int row = 0; row < base.length; row++) {
      base[row][0] = row >> 1;
    }
    VectorFile.write(folder.resolve("base.fvecs"), base);
    VectorFile.write(folder.resolve("query.fvecs"), new float[][] {{0}, {0}});
    DataSet opened = new DataSets(folder, Integer.MAX_VALUE, 2).open(folder.toString());
    DataSet data =
        new DataSet(
            "ties", opened.baseFile(), opened.queryFile(), MetricType.L2, 40, 1, 2, opened.cache());
    // The ninth and tenth nearest are rows 8 and 9, which have no ties beyond the tenth.
    GroundTruth truth = GroundTruth.of(data);
    int[] right = IntStream.range(0, GroundTruth.TOP_K).toArray();
    assertThat(truth.recall(new QueryRange(0, 1), right)).isEqualTo(1);
    int[] wrong = right.clone();
    wrong[0] = -1;
    wrong[5] = 30;
    assertThat(truth.recall(new QueryRange(1, 2), wrong)).isEqualTo(0.8);
    assertThat(Files.exists(data.cache().resolve("nearest.ivecs"))).isTrue();

    BitSet odd = new BitSet();
    IntStream.range(0, 40).filter(row -> row % 4 != 1).forEach(odd::set);
    GroundTruth filtered =
        GroundTruth.filtered(data, List.of(new RowFilter(RowFilter.Kind.RANDOM, 0.75, odd)))
            .getFirst();
    // Nearest are 0, 2, 3, 4, 6, 7, 8, 10, 11, 12: no row ties with the tenth.
    assertThat(filtered.recall(new QueryRange(0, 1), new int[] {0, 2, 3, 4, 6, 7, 8, 10, 11, 12}))
        .isEqualTo(1);
    assertThat(filtered.recall(new QueryRange(0, 1), new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}))
        .isEqualTo(0.7);
  }

  private static void assertDistances(
      MetricType metric, float[][] base, float[] query, int[] rows, BitSet allowed, long seed) {
    double[] expected =
        allowed.stream()
            .mapToObj(row -> row)
            .sorted(Comparator.comparingDouble(row -> distance(metric, base[row], query)))
            .limit(rows.length)
            .mapToDouble(row -> distance(metric, base[row], query))
            .toArray();
    double[] actual =
        Arrays.stream(rows)
            .filter(row -> row >= 0)
            .mapToDouble(row -> distance(metric, base[row], query))
            .toArray();
    assertThat(Arrays.stream(rows).filter(row -> row >= 0).allMatch(allowed::get)).isTrue();
    assertThat(actual)
        .as("metric=%s seed=%d", metric, seed)
        .containsExactly(expected, org.assertj.core.data.Offset.offset(1e-9));
  }

  private static double distance(MetricType metric, float[] left, float[] right) {
    double dot = 0;
    double squares = 0;
    double leftSquares = 0;
    double rightSquares = 0;
    for (int i = 0; i < left.length; i++) {
      dot += (double) left[i] * right[i];
      squares += ((double) left[i] - right[i]) * ((double) left[i] - right[i]);
      leftSquares += (double) left[i] * left[i];
      rightSquares += (double) right[i] * right[i];
    }
    return metric == MetricType.L2
        ? squares
        : 1 - dot / (Math.sqrt(leftSquares) * Math.sqrt(rightSquares));
  }

  private static float[][] vectors(Random random, int count, int dimension) {
    float[][] vectors = new float[count][dimension];
    for (float[] vector : vectors) {
      for (int i = 0; i < dimension; i++) {
        vector[i] = (float) random.nextGaussian();
      }
    }
    return vectors;
  }
}
