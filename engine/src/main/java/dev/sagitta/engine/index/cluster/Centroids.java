package dev.sagitta.engine.index.cluster;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Objects;

/**
 * The centres of clusters, and which of them points belong to. Immutable and safe for concurrent
 * use.
 */
public final class Centroids {
  private static final int PANEL = ClusterKernel.PANEL;
  private static final ClusterKernel KERNEL = ClusterKernels.preferred();

  /** Panels that are compared with many points before the next ones: they should stay in cache. */
  private static final int PANEL_BYTES_TOGETHER = 1 << 18;

  /** Points that are compared with the panels in cache. */
  private static final int POINTS_TOGETHER = 64;

  private final int count;
  private final int dimension;
  private final boolean spherical;

  /** Component i of centroid c at {@code (c / PANEL * dimension + i) * PANEL + c % PANEL}. */
  private final float[] panels;

  private final float[] biases;

  /**
   * @param centroids {@code count} vectors, one after another
   * @param spherical whether points belong to the centroid of largest inner product instead of to
   *     the nearest
   */
  public Centroids(float[] centroids, int count, int dimension, boolean spherical) {
    requireNonNull(centroids, "centroids is null");
    if (count < 1 || dimension < 1) {
      throw new IllegalArgumentException(
          "no such centroids: count=" + count + " dimension=" + dimension);
    }
    Objects.checkFromIndexSize(0, Math.multiplyExact(count, dimension), centroids.length);
    this.count = count;
    this.dimension = dimension;
    this.spherical = spherical;
    int panelCount = Math.ceilDiv(count, PANEL);
    this.panels = new float[Math.multiplyExact(panelCount * PANEL, dimension)];
    this.biases = new float[panelCount * PANEL];
    Arrays.fill(biases, count, biases.length, Float.NEGATIVE_INFINITY);
    for (int centroid = 0; centroid < count; centroid++) {
      double squaredNorm = 0;
      for (int i = 0; i < dimension; i++) {
        float value = centroids[centroid * dimension + i];
        panels[position(centroid, i)] = value;
        squaredNorm += (double) value * value;
      }
      biases[centroid] = spherical ? 0 : (float) (-squaredNorm / 2);
    }
  }

  public int count() {
    return count;
  }

  public int dimension() {
    return dimension;
  }

  /** Whether points belong to the centroid of largest inner product instead of to the nearest. */
  public boolean isSpherical() {
    return spherical;
  }

  /** Copies a centroid's numbers to {@code target} from {@code offset} on. */
  public void copyCentroid(int centroid, float[] target, int offset) {
    Objects.checkIndex(centroid, count);
    for (int i = 0; i < dimension; i++) {
      target[offset + i] = panels[position(centroid, i)];
    }
  }

  private int position(int centroid, int component) {
    return (centroid / PANEL * dimension + component) * PANEL + centroid % PANEL;
  }

  /** Something that assigns points, with scratch memory of its own; for one thread. */
  public Assigner newAssigner() {
    return new Assigner(this);
  }

  /** Finds the centroids of points, many together; for one thread. */
  public static final class Assigner {
    private final Centroids centroids;
    private final int panelsTogether;
    private final float[] bestAffinities = new float[ClusterKernel.POINTS * PANEL];
    private final float[] bestPanels = new float[ClusterKernel.POINTS * PANEL];
    private final float[] affinities = new float[POINTS_TOGETHER];

    private Assigner(Centroids centroids) {
      this.centroids = centroids;
      int panelBytes = Math.multiplyExact(PANEL * Float.BYTES, centroids.dimension);
      this.panelsTogether = Math.max(1, PANEL_BYTES_TOGETHER / panelBytes);
    }

    /**
     * Finds the centroid of each point; of equal ones the one of smallest number.
     *
     * @param points {@code count} vectors, one after another, from {@code offset} on
     * @param target receives the centroids' numbers from {@code targetOffset} on
     */
    public void assign(float[] points, int offset, int count, int[] target, int targetOffset) {
      Objects.checkFromIndexSize(
          offset, Math.multiplyExact(count, centroids.dimension), points.length);
      Objects.checkFromIndexSize(targetOffset, count, target.length);
      for (int from = 0; from < count; from += POINTS_TOGETHER) {
        int size = Math.min(POINTS_TOGETHER, count - from);
        assignTogether(
            points, offset + from * centroids.dimension, size, target, targetOffset + from);
      }
    }

    private void assignTogether(
        float[] points, int offset, int count, int[] target, int targetOffset) {
      int panelCount = centroids.biases.length / PANEL;
      int dimension = centroids.dimension;
      for (int panel = 0; panel < panelCount; panel += panelsTogether) {
        int panelEnd = Math.min(panelCount, panel + panelsTogether);
        for (int point = 0; point < count; point += ClusterKernel.POINTS) {
          Arrays.fill(bestAffinities, Float.NEGATIVE_INFINITY);
          int last = count - 1;
          KERNEL.nearest(
              points,
              offset + point * dimension,
              offset + Math.min(last, point + 1) * dimension,
              offset + Math.min(last, point + 2) * dimension,
              offset + Math.min(last, point + 3) * dimension,
              dimension,
              centroids.panels,
              centroids.biases,
              panel,
              panelEnd,
              bestAffinities,
              bestPanels);
          int pointEnd = Math.min(count, point + ClusterKernel.POINTS);
          for (int i = point; i < pointEnd; i++) {
            keepBest(i, (i - point) * PANEL, panel == 0, target, targetOffset);
          }
        }
      }
    }

    /** Reduces the columns of one point; earlier panels win over later ones of equal affinity. */
    private void keepBest(int point, int columns, boolean isFirst, int[] target, int targetOffset) {
      float best = isFirst ? Float.NEGATIVE_INFINITY : affinities[point];
      int centroid = isFirst ? 0 : target[targetOffset + point];
      for (int column = 0; column < PANEL; column++) {
        float affinity = bestAffinities[columns + column];
        if (affinity >= best && affinity != Float.NEGATIVE_INFINITY) {
          int candidate = ((int) bestPanels[columns + column]) * PANEL + column;
          if (affinity > best || candidate < centroid) {
            best = affinity;
            centroid = candidate;
          }
        }
      }
      affinities[point] = best;
      target[targetOffset + point] = centroid;
    }
  }
}
