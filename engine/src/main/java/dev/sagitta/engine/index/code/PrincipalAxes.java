package dev.sagitta.engine.index.code;

import dev.sagitta.engine.index.BuildProgress;
import dev.sagitta.engine.storage.LittleEndian;
import dev.sagitta.engine.vector.VectorKernel;
import dev.sagitta.engine.vector.VectorKernels;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;

/**
 * The directions in which a sample varies most (principal component analysis), by block power
 * iteration: a random basis is multiplied with the sample's covariance and made orthonormal again a
 * few times, then turned to the eigenvectors within its span. A basis that is not quite the best
 * one is still orthonormal, so distances are only kept a little less well.
 */
final class PrincipalAxes {
  private static final int ROUNDS = 4;
  private static final VectorKernel KERNEL = VectorKernels.preferred();

  private final int dimension;
  private final int count;
  private final TrainingSample sample;
  private final float[] mean;
  private final float[][] axes;
  private final double[] variances;
  private double totalVariance;

  private PrincipalAxes(TrainingSample sample, int count) {
    this.dimension = sample.dimension();
    this.count = count;
    this.sample = sample;
    this.mean = new float[dimension];
    this.axes = new float[count][dimension];
    this.variances = new double[count];
  }

  /**
   * Learns axes.
   *
   * @param count number of axes, at most the dimension
   * @throws java.util.concurrent.CancellationException if progress says so
   */
  static PrincipalAxes train(TrainingSample sample, int count, long seed, BuildProgress progress) {
    PrincipalAxes result = new PrincipalAxes(sample, count);
    float[] centred = result.centre();
    SplittableRandom random = new SplittableRandom(seed);
    for (float[] axis : result.axes) {
      for (int i = 0; i < axis.length; i++) {
        axis[i] = (float) (random.nextDouble() - 0.5);
      }
    }
    result.makeOrthonormal(random);
    for (int round = 0; round < ROUNDS; round++) {
      result.multiplyWithCovariance(centred, progress);
      result.makeOrthonormal(random);
    }
    result.turnToEigenvectors(centred, progress);
    return result;
  }

  /** The mean of the sample. */
  float[] mean() {
    return mean;
  }

  /** The axis of the number, those of greater variance first. */
  float[] axis(int number) {
    return axes[number];
  }

  /** The smallest number of axes, a multiple of {@code multiple}, that keep this much variance. */
  int countFor(double share, int multiple) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += variances[i];
      if ((i + 1) % multiple == 0 && sum >= share * totalVariance) {
        return i + 1;
      }
    }
    return count;
  }

  private float[] centre() {
    int rows = sample.rowCount();
    double[] sums = new double[dimension];
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < dimension; i++) {
        sums[i] += sample.values()[row * dimension + i];
      }
    }
    for (int i = 0; i < dimension; i++) {
      mean[i] = (float) (sums[i] / Math.max(1, rows));
    }
    float[] centred = new float[rows * dimension];
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < dimension; i++) {
        float value = sample.values()[row * dimension + i] - mean[i];
        centred[row * dimension + i] = value;
        totalVariance += value * value;
      }
    }
    return centred;
  }

  private void multiplyWithCovariance(float[] centred, BuildProgress progress) {
    float[][] products = new float[count][dimension];
    projectAll(
        centred,
        progress,
        (row, projected) -> {
          for (int axis = 0; axis < count; axis++) {
            addScaled(projected[axis], centred, row * dimension, products[axis]);
          }
        });
    for (int axis = 0; axis < count; axis++) {
      System.arraycopy(products[axis], 0, axes[axis], 0, dimension);
    }
  }

  private interface ProjectedRow {
    void accept(int row, float[] projected);
  }

  /** Projects all rows on all axes, which are copied to where the kernel wants them. */
  private void projectAll(float[] centred, BuildProgress progress, ProjectedRow consumer) {
    try (Arena arena = Arena.ofConfined()) {
      int padded = Math.ceilDiv(count, 4) * 4;
      long axisBytes = 4L * dimension;
      MemorySegment memory = arena.allocate(padded * axisBytes, 64);
      for (int axis = 0; axis < count; axis++) {
        MemorySegment.copy(axes[axis], 0, memory, LittleEndian.FLOAT, axis * axisBytes, dimension);
      }
      float[] projected = new float[padded];
      float[] four = new float[4];
      for (int row = 0; row < sample.rowCount(); row++) {
        progress.requireNotCancelled();
        for (int axis = 0; axis < padded; axis += 4) {
          long at = axis * axisBytes;
          KERNEL.innerProducts(
              centred,
              row * dimension,
              memory,
              at,
              at + axisBytes,
              at + 2 * axisBytes,
              at + 3 * axisBytes,
              dimension,
              four);
          System.arraycopy(four, 0, projected, axis, 4);
        }
        consumer.accept(row, projected);
      }
    }
  }

  private static void addScaled(float scale, float[] source, int offset, float[] target) {
    for (int i = 0; i < target.length; i++) {
      target[i] += scale * source[offset + i];
    }
  }

  /** Gram and Schmidt, twice for each axis; an axis without length becomes a random one. */
  private void makeOrthonormal(SplittableRandom random) {
    for (int axis = 0; axis < count; axis++) {
      float[] current = axes[axis];
      normalize(current);
      for (int pass = 0; pass < 2; pass++) {
        for (int before = 0; before < axis; before++) {
          addScaled(-product(axes[before], current), axes[before], 0, current);
        }
        if (normalize(current) < 1e-4 && pass == 0) {
          for (int i = 0; i < dimension; i++) {
            current[i] += (float) (random.nextDouble() - 0.5);
          }
          normalize(current);
          pass = -1;
        }
      }
    }
  }

  /** Scales to unit length and answers the length before. */
  private static double normalize(float[] vector) {
    double length = Math.sqrt(product(vector, vector));
    if (length > 0) {
      for (int i = 0; i < vector.length; i++) {
        vector[i] = (float) (vector[i] / length);
      }
    }
    return length;
  }

  private static float product(float[] left, float[] right) {
    float sum0 = 0;
    float sum1 = 0;
    float sum2 = 0;
    float sum3 = 0;
    int i = 0;
    for (; i <= left.length - 4; i += 4) {
      sum0 += left[i] * right[i];
      sum1 += left[i + 1] * right[i + 1];
      sum2 += left[i + 2] * right[i + 2];
      sum3 += left[i + 3] * right[i + 3];
    }
    for (; i < left.length; i++) {
      sum0 += left[i] * right[i];
    }
    return sum0 + sum1 + (sum2 + sum3);
  }

  private void turnToEigenvectors(float[] centred, BuildProgress progress) {
    double[][] covariance = new double[count][count];
    projectAll(
        centred,
        progress,
        (row, projected) -> {
          for (int i = 0; i < count; i++) {
            double value = projected[i];
            double[] target = covariance[i];
            for (int j = 0; j < count; j++) {
              target[j] += value * projected[j];
            }
          }
        });
    SymmetricEigenvectors eigen = SymmetricEigenvectors.of(covariance);
    float[][] turned = new float[count][dimension];
    for (int i = 0; i < count; i++) {
      variances[i] = eigen.value(i);
      for (int j = 0; j < count; j++) {
        addScaled((float) eigen.component(i, j), axes[j], 0, turned[i]);
      }
    }
    System.arraycopy(turned, 0, axes, 0, count);
  }
}
