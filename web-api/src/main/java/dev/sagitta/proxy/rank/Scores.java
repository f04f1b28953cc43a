package dev.sagitta.proxy.rank;

import dev.sagitta.engine.schema.MetricType;
import java.util.Collection;

/** Scores of different metrics made comparable, as Milvus does. */
final class Scores {
  private Scores() {}

  /** The score as a number from 0 to 1, larger is nearer. */
  static double normalized(MetricType metric, float score) {
    return switch (metric) {
      case COSINE -> (1 + score) * 0.5;
      case IP, MAX_SIM_COSINE, MAX_SIM_IP -> 0.5 + Math.atan(score) / Math.PI;
      case BM25 -> 2 * Math.atan(score) / Math.PI;
      default -> distanceAsSimilarity(score);
    };
  }

  /** The score itself where larger is nearer; a distance as a number from 0 to 1. */
  static double largerIsNearer(MetricType metric, float score) {
    return metric.largerIsNearer() ? score : distanceAsSimilarity(score);
  }

  /** Whether for all metrics the smaller score is the nearer one. */
  static boolean areDistances(Collection<MetricType> metrics) {
    return metrics.stream().noneMatch(MetricType::largerIsNearer);
  }

  static float[] toFloats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  private static double distanceAsSimilarity(float distance) {
    return 1 - 2 * Math.atan(distance) / Math.PI;
  }
}
