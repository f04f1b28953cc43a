package dev.sagitta.bench.side;

import static java.util.Objects.requireNonNull;

import dev.sagitta.bench.data.VectorFile;
import dev.sagitta.engine.schema.MetricType;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Vectors of a data set, all of unit length if they are compared by cosine.
 *
 * @param base rows to index
 * @param queries vectors to search for
 * @param metric L2 or COSINE
 */
public record SideData(float[][] base, float[][] queries, MetricType metric) {
  public SideData {
    requireNonNull(base, "base is null");
    requireNonNull(queries, "queries is null");
    requireNonNull(metric, "metric is null");
  }

  static SideData read(Path base, Path queries, MetricType metric, int rowsMax) throws IOException {
    SideData data =
        new SideData(VectorFile.floats(base, rowsMax), VectorFile.floats(queries), metric);
    if (metric == MetricType.COSINE) {
      scaleToUnitLength(data.base);
      scaleToUnitLength(data.queries);
    }
    return data;
  }

  public int dimension() {
    return base[0].length;
  }

  private static void scaleToUnitLength(float[][] vectors) {
    for (float[] vector : vectors) {
      double squares = 0;
      for (float value : vector) {
        squares += (double) value * value;
      }
      double norm = squares > 0 ? Math.sqrt(squares) : 1;
      for (int i = 0; i < vector.length; i++) {
        vector[i] = (float) (vector[i] / norm);
      }
    }
  }
}
