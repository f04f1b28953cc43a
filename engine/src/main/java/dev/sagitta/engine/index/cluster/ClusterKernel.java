package dev.sagitta.engine.index.cluster;

/**
 * Compares points with centroids that are stored in panels of {@link #PANEL} centroids: for each
 * dimension the panel's numbers lie side by side, so that vector lanes are centroids and no sum
 * over lanes is needed, which makes short vectors (the parts of a product quantizer) as fast as
 * long ones. Implementations hold no state and allocate nothing.
 *
 * <p>The affinity of a point and a centroid is the centroid's bias plus the inner product; larger
 * is nearer. With the bias {@code -|c|^2 / 2} it orders centroids by Euclidean distance, with zero
 * by inner product. Sums are formed by fused multiply-adds in the order of the dimensions, so that
 * all implementations give equal bits.
 */
interface ClusterKernel {
  /** Centroids of a panel. */
  int PANEL = 32;

  /** Points compared at a time. */
  int POINTS = 4;

  /**
   * Compares four points with the panels {@code fromPanel} to {@code toPanel - 1}, and keeps for
   * each point and column of the panels the largest affinity and the panel that it is of; of equal
   * ones the first.
   *
   * @param points memory of the points, which begin at the four offsets
   * @param panels {@code PANEL * dimension} numbers a panel
   * @param biases {@code PANEL} numbers a panel
   * @param bestAffinities {@code PANEL} numbers a point, read and written
   * @param bestPanels {@code PANEL} panel numbers a point, as floats, read and written
   */
  void nearest(
      float[] points,
      int offset0,
      int offset1,
      int offset2,
      int offset3,
      int dimension,
      float[] panels,
      float[] biases,
      int fromPanel,
      int toPanel,
      float[] bestAffinities,
      float[] bestPanels);
}
