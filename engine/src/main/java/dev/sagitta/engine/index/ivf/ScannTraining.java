package dev.sagitta.engine.index.ivf;

import dev.sagitta.engine.index.BuildProgress;
import dev.sagitta.engine.index.BuildThreads;
import dev.sagitta.engine.index.cluster.Centroids;
import dev.sagitta.engine.index.cluster.KMeans;
import dev.sagitta.engine.index.cluster.KMeansSettings;
import dev.sagitta.engine.index.code.TrainingSample;
import java.util.Arrays;

/**
 * Learns codebooks: k-means of each part, and for inner products rounds of choosing centroids by
 * the anisotropic loss (see {@link ScannQuantizer}) and of moving each to where the loss of its
 * vectors is least, a linear equation in two unknowns. Guo et al. solve for all parts at once; we
 * take one part at a time, given the others.
 */
final class ScannTraining {
  /** Vectors to learn from. */
  static final int ROWS = 1 << 13;

  private static final int ROUNDS = 2;
  private static final int ITERATIONS = 10;
  private static final int BOOK = ScannCodebooks.BOOK;

  private final int dimension;
  private final int rows;
  private final float[] residuals;
  private final float[] vectors;
  private final float extraWeight;
  private final long seed;
  private final BuildProgress progress;
  private final float[] values;

  private ScannTraining(
      TrainingSample residuals,
      TrainingSample vectors,
      float extraWeight,
      long seed,
      BuildProgress progress) {
    this.dimension = vectors.dimension();
    this.rows = vectors.rowCount();
    this.residuals = residuals.values();
    this.vectors = vectors.values();
    this.extraWeight = extraWeight;
    this.seed = seed;
    this.progress = progress;
    this.values = new float[ScannCodebooks.parts(dimension) * BOOK];
  }

  static ScannCodebooks train(IvfInput input, float extraWeight, BuildProgress progress) {
    ScannTraining training =
        new ScannTraining(
            ResidualSample.of(input, ROWS),
            ResidualSample.whole(input, ROWS),
            extraWeight,
            input.seed(),
            progress);
    if (training.rows > 0) {
      training.cluster();
      for (int round = 0; extraWeight > 0 && round < ROUNDS; round++) {
        training.improve();
      }
    }
    return new ScannCodebooks(training.dimension, training.values);
  }

  private void cluster() {
    BuildThreads.run(
        ScannCodebooks.parts(dimension),
        1,
        progress,
        () -> {
          float[] points = new float[rows * ScannCodebooks.PART];
          return (from, to) -> {
            for (int part = from; part < to; part++) {
              cluster(part, points);
            }
          };
        });
  }

  private void cluster(int part, float[] points) {
    for (int row = 0; row < rows; row++) {
      points[2 * row] = residual(row, 2 * part);
      points[2 * row + 1] = residual(row, 2 * part + 1);
    }
    KMeansSettings settings =
        new KMeansSettings(ScannCodebooks.CENTROIDS, false, ITERATIONS, seed + part);
    Centroids centroids =
        KMeans.train(points, rows, ScannCodebooks.PART, settings, BuildProgress.NONE);
    for (int i = 0; i < ScannCodebooks.CENTROIDS; i++) {
      // Fewer vectors than centroids: the last one serves as often as needed.
      int centroid = Math.min(i, centroids.count() - 1);
      centroids.copyCentroid(centroid, values, part * BOOK + i * ScannCodebooks.PART);
    }
  }

  /** One round: codes of all vectors, then part by part better centroids for them. */
  private void improve() {
    int parts = ScannCodebooks.parts(dimension);
    byte[] codes = new byte[rows * parts];
    float[] along = new float[rows];
    float[] scales = new float[rows];
    BuildThreads.run(
        rows,
        64,
        progress,
        () -> {
          ScannQuantizer quantizer =
              new ScannQuantizer(new ScannCodebooks(dimension, values), extraWeight);
          byte[] own = new byte[parts];
          return (from, to) -> {
            for (int row = from; row < to; row++) {
              quantizer.quantize(residuals, vectors, row * dimension, own);
              System.arraycopy(own, 0, codes, row * parts, parts);
              scales[row] = scale(row);
              for (int part = 0; part < parts; part++) {
                along[row] += errorAlong(row, part, own[part], scales[row]);
              }
            }
          };
        });
    // Parts depend on each other through the error along the vector, so there is one at a time.
    BuildThreads.run(
        1,
        1,
        progress,
        () ->
            (from, to) -> {
              for (int part = 0; part < parts; part++) {
                move(part, parts, codes, along, scales);
              }
            });
  }

  private void move(int part, int parts, byte[] codes, float[] along, float[] scales) {
    // Per centroid: a symmetric matrix of two rows and the right side of the equation.
    double[] sums = new double[ScannCodebooks.CENTROIDS * 5];
    for (int row = 0; row < rows; row++) {
      int code = codes[row * parts + part];
      float r0 = residual(row, 2 * part);
      float r1 = residual(row, 2 * part + 1);
      float u0 = vector(row, 2 * part) * scales[row];
      float u1 = vector(row, 2 * part + 1) * scales[row];
      along[row] -= errorAlong(row, part, code, scales[row]);
      double pull = extraWeight * (along[row] + r0 * u0 + r1 * u1);
      int at = code * 5;
      sums[at] += 1 + extraWeight * u0 * u0;
      sums[at + 1] += extraWeight * u0 * u1;
      sums[at + 2] += 1 + extraWeight * u1 * u1;
      sums[at + 3] += r0 + pull * u0;
      sums[at + 4] += r1 + pull * u1;
    }
    for (int centroid = 0; centroid < ScannCodebooks.CENTROIDS; centroid++) {
      double[] own = Arrays.copyOfRange(sums, centroid * 5, centroid * 5 + 5);
      double determinant = own[0] * own[2] - own[1] * own[1];
      if (determinant > 0) {
        int target = part * BOOK + centroid * ScannCodebooks.PART;
        values[target] = (float) ((own[3] * own[2] - own[4] * own[1]) / determinant);
        values[target + 1] = (float) ((own[4] * own[0] - own[3] * own[1]) / determinant);
      }
    }
    for (int row = 0; row < rows; row++) {
      along[row] += errorAlong(row, part, codes[row * parts + part], scales[row]);
    }
  }

  private float scale(int row) {
    double sum = 0;
    for (int i = 0; i < dimension; i++) {
      double value = vectors[row * dimension + i];
      sum += value * value;
    }
    return sum == 0 ? 0 : (float) (1 / Math.sqrt(sum));
  }

  private float errorAlong(int row, int part, int code, float scale) {
    int i = 2 * part;
    int at = part * BOOK + code * ScannCodebooks.PART;
    return ((residual(row, i) - values[at]) * vector(row, i)
            + (residual(row, i + 1) - values[at + 1]) * vector(row, i + 1))
        * scale;
  }

  private float residual(int row, int i) {
    return i < dimension ? residuals[row * dimension + i] : 0;
  }

  private float vector(int row, int i) {
    return i < dimension ? vectors[row * dimension + i] : 0;
  }
}
