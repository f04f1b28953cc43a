package dev.sagitta.engine.index.cluster;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The Vector API twin: a tile of four points by two vectors of centroids stays in registers while
 * the dimensions pass by, as in a matrix product (Goto and van de Geijn, "Anatomy of
 * high-performance matrix multiplication", 2008).
 */
final class SimdClusterKernel implements ClusterKernel {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  /** Whether a panel can be cut into pairs of vectors. */
  static boolean isUsable() {
    return LANES >= 4 && PANEL % (2 * LANES) == 0;
  }

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
    for (int left = 0; left < PANEL; left += 2 * LANES) {
      int right = left + LANES;
      FloatVector best00 = FloatVector.fromArray(SPECIES, bestAffinities, left);
      FloatVector best01 = FloatVector.fromArray(SPECIES, bestAffinities, right);
      FloatVector best10 = FloatVector.fromArray(SPECIES, bestAffinities, PANEL + left);
      FloatVector best11 = FloatVector.fromArray(SPECIES, bestAffinities, PANEL + right);
      FloatVector best20 = FloatVector.fromArray(SPECIES, bestAffinities, 2 * PANEL + left);
      FloatVector best21 = FloatVector.fromArray(SPECIES, bestAffinities, 2 * PANEL + right);
      FloatVector best30 = FloatVector.fromArray(SPECIES, bestAffinities, 3 * PANEL + left);
      FloatVector best31 = FloatVector.fromArray(SPECIES, bestAffinities, 3 * PANEL + right);
      FloatVector panel00 = FloatVector.fromArray(SPECIES, bestPanels, left);
      FloatVector panel01 = FloatVector.fromArray(SPECIES, bestPanels, right);
      FloatVector panel10 = FloatVector.fromArray(SPECIES, bestPanels, PANEL + left);
      FloatVector panel11 = FloatVector.fromArray(SPECIES, bestPanels, PANEL + right);
      FloatVector panel20 = FloatVector.fromArray(SPECIES, bestPanels, 2 * PANEL + left);
      FloatVector panel21 = FloatVector.fromArray(SPECIES, bestPanels, 2 * PANEL + right);
      FloatVector panel30 = FloatVector.fromArray(SPECIES, bestPanels, 3 * PANEL + left);
      FloatVector panel31 = FloatVector.fromArray(SPECIES, bestPanels, 3 * PANEL + right);
      for (int panel = fromPanel; panel < toPanel; panel++) {
        FloatVector sum00 = FloatVector.fromArray(SPECIES, biases, panel * PANEL + left);
        FloatVector sum01 = FloatVector.fromArray(SPECIES, biases, panel * PANEL + right);
        FloatVector sum10 = sum00;
        FloatVector sum11 = sum01;
        FloatVector sum20 = sum00;
        FloatVector sum21 = sum01;
        FloatVector sum30 = sum00;
        FloatVector sum31 = sum01;
        int position = panel * PANEL * dimension + left;
        for (int i = 0; i < dimension; i++) {
          FloatVector centroids0 = FloatVector.fromArray(SPECIES, panels, position);
          FloatVector centroids1 = FloatVector.fromArray(SPECIES, panels, position + LANES);
          FloatVector point0 = FloatVector.broadcast(SPECIES, points[offset0 + i]);
          FloatVector point1 = FloatVector.broadcast(SPECIES, points[offset1 + i]);
          FloatVector point2 = FloatVector.broadcast(SPECIES, points[offset2 + i]);
          FloatVector point3 = FloatVector.broadcast(SPECIES, points[offset3 + i]);
          sum00 = point0.fma(centroids0, sum00);
          sum01 = point0.fma(centroids1, sum01);
          sum10 = point1.fma(centroids0, sum10);
          sum11 = point1.fma(centroids1, sum11);
          sum20 = point2.fma(centroids0, sum20);
          sum21 = point2.fma(centroids1, sum21);
          sum30 = point3.fma(centroids0, sum30);
          sum31 = point3.fma(centroids1, sum31);
          position += PANEL;
        }
        FloatVector number = FloatVector.broadcast(SPECIES, (float) panel);
        VectorMask<Float> nearer00 = sum00.compare(VectorOperators.GT, best00);
        VectorMask<Float> nearer01 = sum01.compare(VectorOperators.GT, best01);
        VectorMask<Float> nearer10 = sum10.compare(VectorOperators.GT, best10);
        VectorMask<Float> nearer11 = sum11.compare(VectorOperators.GT, best11);
        VectorMask<Float> nearer20 = sum20.compare(VectorOperators.GT, best20);
        VectorMask<Float> nearer21 = sum21.compare(VectorOperators.GT, best21);
        VectorMask<Float> nearer30 = sum30.compare(VectorOperators.GT, best30);
        VectorMask<Float> nearer31 = sum31.compare(VectorOperators.GT, best31);
        best00 = best00.blend(sum00, nearer00);
        best01 = best01.blend(sum01, nearer01);
        best10 = best10.blend(sum10, nearer10);
        best11 = best11.blend(sum11, nearer11);
        best20 = best20.blend(sum20, nearer20);
        best21 = best21.blend(sum21, nearer21);
        best30 = best30.blend(sum30, nearer30);
        best31 = best31.blend(sum31, nearer31);
        panel00 = panel00.blend(number, nearer00);
        panel01 = panel01.blend(number, nearer01);
        panel10 = panel10.blend(number, nearer10);
        panel11 = panel11.blend(number, nearer11);
        panel20 = panel20.blend(number, nearer20);
        panel21 = panel21.blend(number, nearer21);
        panel30 = panel30.blend(number, nearer30);
        panel31 = panel31.blend(number, nearer31);
      }
      best00.intoArray(bestAffinities, left);
      best01.intoArray(bestAffinities, right);
      best10.intoArray(bestAffinities, PANEL + left);
      best11.intoArray(bestAffinities, PANEL + right);
      best20.intoArray(bestAffinities, 2 * PANEL + left);
      best21.intoArray(bestAffinities, 2 * PANEL + right);
      best30.intoArray(bestAffinities, 3 * PANEL + left);
      best31.intoArray(bestAffinities, 3 * PANEL + right);
      panel00.intoArray(bestPanels, left);
      panel01.intoArray(bestPanels, right);
      panel10.intoArray(bestPanels, PANEL + left);
      panel11.intoArray(bestPanels, PANEL + right);
      panel20.intoArray(bestPanels, 2 * PANEL + left);
      panel21.intoArray(bestPanels, 2 * PANEL + right);
      panel30.intoArray(bestPanels, 3 * PANEL + left);
      panel31.intoArray(bestPanels, 3 * PANEL + right);
    }
  }
}
