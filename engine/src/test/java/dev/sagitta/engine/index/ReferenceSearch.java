package dev.sagitta.engine.index;

import dev.sagitta.engine.schema.MetricType;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** The obvious search in double arithmetic that tests compare with. */
public final class ReferenceSearch {
  private ReferenceSearch() {}

  /** The numbers of the {@code limit} nearest rows that pass the test, nearest first. */
  public static List<Integer> nearest(
      MetricType metric, float[][] rows, float[] query, int limit, IntPredicate allowed) {
    double[] scores = new double[rows.length];
    for (int row = 0; row < rows.length; row++) {
      scores[row] = score(metric, rows[row], query);
    }
    Comparator<Integer> byScore = Comparator.comparingDouble(row -> scores[row]);
    return IntStream.range(0, rows.length)
        .filter(allowed)
        .boxed()
        .sorted(metric.largerIsNearer() ? byScore.reversed() : byScore)
        .limit(limit)
        .toList();
  }

  /** The public score of a row; of binary vectors each number is a bit. */
  public static double score(MetricType metric, float[] row, float[] query) {
    double distance = 0;
    double product = 0;
    double rowNorm = 0;
    double queryNorm = 0;
    int common = 0;
    int either = 0;
    for (int i = 0; i < row.length; i++) {
      double difference = (double) row[i] - query[i];
      distance += difference * difference;
      product += (double) row[i] * query[i];
      rowNorm += (double) row[i] * row[i];
      queryNorm += (double) query[i] * query[i];
      common += row[i] != 0 && query[i] != 0 ? 1 : 0;
      either += row[i] != 0 || query[i] != 0 ? 1 : 0;
    }
    return switch (metric) {
      case L2 -> distance;
      case IP -> product;
      case COSINE ->
          rowNorm == 0 || queryNorm == 0 ? 0 : product / Math.sqrt(rowNorm) / Math.sqrt(queryNorm);
      case HAMMING -> either - common;
      case JACCARD -> either == 0 ? 1 : (double) (either - common) / either;
      case BM25, MAX_SIM_COSINE, MAX_SIM_IP, MAX_SIM_L2 ->
          throw new IllegalArgumentException("scores need more than two vectors: " + metric);
    };
  }
}
