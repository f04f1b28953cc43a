package dev.sagitta.engine.index.cluster;

/** Plain loops: the specification that the Vector API twin is tested against, and its fallback. */
final class ScalarClusterKernel implements ClusterKernel {
  @Override
  public void nearest(
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
      float[] bestPanels) {
    for (int panel = fromPanel; panel < toPanel; panel++) {
      nearest(points, offset0, dimension, panels, biases, panel, bestAffinities, bestPanels, 0);
      nearest(points, offset1, dimension, panels, biases, panel, bestAffinities, bestPanels, 1);
      nearest(points, offset2, dimension, panels, biases, panel, bestAffinities, bestPanels, 2);
      nearest(points, offset3, dimension, panels, biases, panel, bestAffinities, bestPanels, 3);
    }
  }

  private static void nearest(
      float[] points,
      int offset,
      int dimension,
      float[] panels,
      float[] biases,
      int panel,
      float[] bestAffinities,
      float[] bestPanels,
      int point) {
    for (int column = 0; column < PANEL; column++) {
      float affinity = biases[panel * PANEL + column];
      int position = panel * PANEL * dimension + column;
      for (int i = 0; i < dimension; i++) {
        affinity = Math.fma(points[offset + i], panels[position], affinity);
        position += PANEL;
      }
      int best = point * PANEL + column;
      if (affinity > bestAffinities[best]) {
        bestAffinities[best] = affinity;
        bestPanels[best] = panel;
      }
    }
  }
}
