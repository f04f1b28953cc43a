package dev.sagitta.engine.index.ivf;

import static java.util.Objects.requireNonNull;

/**
 * Chooses centroids by the score-aware loss of Guo et al., "Accelerating large-scale inference with
 * anisotropic vector quantization" (2020): what the code misses along the vector weighs more than
 * what it misses across, because it is what changes inner products with near queries. The parts of
 * a vector depend on each other then and are chosen by coordinate descent. For one thread.
 *
 * <p>With e the error and u the vector's direction the loss is {@code |e|^2 + (weight - 1) *
 * (e.u)^2}; the weight 1 makes it the plain squared error.
 */
final class ScannQuantizer {
  /** The paper's threshold: cosines below it do not matter. */
  private static final double THRESHOLD = 0.2;

  private static final int SWEEPS_MAX = 3;

  private final ScannCodebooks codebooks;
  private final float extraWeight;
  private final int parts;
  private final float[] residual;
  private final float[] direction;

  ScannQuantizer(ScannCodebooks codebooks, float extraWeight) {
    this.codebooks = requireNonNull(codebooks, "codebooks is null");
    this.extraWeight = extraWeight;
    this.parts = codebooks.parts();
    this.residual = new float[parts * ScannCodebooks.PART];
    this.direction = new float[parts * ScannCodebooks.PART];
  }

  /** How much more than 1 the error along the vector weighs, for inner products. */
  static float extraWeight(int dimension) {
    double square = THRESHOLD * THRESHOLD;
    return (float) Math.max(0, (dimension - 1) * square / (1 - square) - 1);
  }

  /**
   * Chooses the centroids of a vector's residual.
   *
   * @param vector of which only the direction matters
   * @param codes receives the number of a centroid a part
   */
  void quantize(float[] residualOfVector, float[] vector, int offset, byte[] codes) {
    System.arraycopy(residualOfVector, offset, residual, 0, codebooks.dimension());
    for (int part = 0; part < parts; part++) {
      codes[part] = (byte) nearest(part);
    }
    if (extraWeight > 0) {
      setDirection(vector, offset);
      float along = errorAlong(codes);
      boolean changed = true;
      for (int sweep = 0; changed && sweep < SWEEPS_MAX; sweep++) {
        changed = false;
        for (int part = 0; part < parts; part++) {
          int old = codes[part];
          float rest = along - errorAlong(part, old);
          int best = best(part, rest);
          along = rest + errorAlong(part, best);
          changed |= best != old;
          codes[part] = (byte) best;
        }
      }
    }
  }

  private void setDirection(float[] vector, int offset) {
    double sum = 0;
    for (int i = 0; i < codebooks.dimension(); i++) {
      sum += (double) vector[offset + i] * vector[offset + i];
    }
    float scale = sum == 0 ? 0 : (float) (1 / Math.sqrt(sum));
    for (int i = 0; i < codebooks.dimension(); i++) {
      direction[i] = vector[offset + i] * scale;
    }
  }

  private float errorAlong(byte[] codes) {
    float sum = 0;
    for (int part = 0; part < parts; part++) {
      sum += errorAlong(part, codes[part]);
    }
    return sum;
  }

  private float errorAlong(int part, int centroid) {
    int i = part * ScannCodebooks.PART;
    int at = part * ScannCodebooks.BOOK + centroid * ScannCodebooks.PART;
    float[] values = codebooks.values();
    return (residual[i] - values[at]) * direction[i]
        + (residual[i + 1] - values[at + 1]) * direction[i + 1];
  }

  private int nearest(int part) {
    int i = part * ScannCodebooks.PART;
    float[] values = codebooks.values();
    int best = 0;
    float least = Float.POSITIVE_INFINITY;
    int at = part * ScannCodebooks.BOOK;
    for (int centroid = 0; centroid < ScannCodebooks.CENTROIDS; centroid++) {
      float error0 = residual[i] - values[at++];
      float error1 = residual[i + 1] - values[at++];
      float loss = error0 * error0 + error1 * error1;
      if (loss < least) {
        least = loss;
        best = centroid;
      }
    }
    return best;
  }

  private int best(int part, float rest) {
    int i = part * ScannCodebooks.PART;
    float[] values = codebooks.values();
    int best = 0;
    float least = Float.POSITIVE_INFINITY;
    int at = part * ScannCodebooks.BOOK;
    for (int centroid = 0; centroid < ScannCodebooks.CENTROIDS; centroid++) {
      float error0 = residual[i] - values[at++];
      float error1 = residual[i + 1] - values[at++];
      float along = rest + error0 * direction[i] + error1 * direction[i + 1];
      float loss = error0 * error0 + error1 * error1 + extraWeight * along * along;
      if (loss < least) {
        least = loss;
        best = centroid;
      }
    }
    return best;
  }
}
