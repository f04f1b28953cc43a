package dev.sagitta.engine.index.cluster;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The Vector API twin: a tile of four points by two vectors of centroids stays in registers while
 * the dimensions pass by, as in a matrix product (Goto and van de Geijn, "Anatomy of
 * high-performance matrix multiplication", 2008). The best ones are read and written for each panel
 * instead of being carried along: in a process that has compiled much else, vectors carried by the
 * outer loop were put on the heap once a panel.
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
        FloatVector best00 = FloatVector.fromArray(SPECIES, bestAffinities, left);
        VectorMask<Float> nearer00 = best00.compare(VectorOperators.LT, sum00);
        best00.blend(sum00, nearer00).intoArray(bestAffinities, left);
        FloatVector.fromArray(SPECIES, bestPanels, left)
            .blend(number, nearer00)
            .intoArray(bestPanels, left);
        FloatVector best01 = FloatVector.fromArray(SPECIES, bestAffinities, right);
        VectorMask<Float> nearer01 = best01.compare(VectorOperators.LT, sum01);
        best01.blend(sum01, nearer01).intoArray(bestAffinities, right);
        FloatVector.fromArray(SPECIES, bestPanels, right)
            .blend(number, nearer01)
            .intoArray(bestPanels, right);
        FloatVector best10 = FloatVector.fromArray(SPECIES, bestAffinities, PANEL + left);
        VectorMask<Float> nearer10 = best10.compare(VectorOperators.LT, sum10);
        best10.blend(sum10, nearer10).intoArray(bestAffinities, PANEL + left);
        FloatVector.fromArray(SPECIES, bestPanels, PANEL + left)
            .blend(number, nearer10)
            .intoArray(bestPanels, PANEL + left);
        FloatVector best11 = FloatVector.fromArray(SPECIES, bestAffinities, PANEL + right);
        VectorMask<Float> nearer11 = best11.compare(VectorOperators.LT, sum11);
        best11.blend(sum11, nearer11).intoArray(bestAffinities, PANEL + right);
        FloatVector.fromArray(SPECIES, bestPanels, PANEL + right)
            .blend(number, nearer11)
            .intoArray(bestPanels, PANEL + right);
        FloatVector best20 = FloatVector.fromArray(SPECIES, bestAffinities, 2 * PANEL + left);
        VectorMask<Float> nearer20 = best20.compare(VectorOperators.LT, sum20);
        best20.blend(sum20, nearer20).intoArray(bestAffinities, 2 * PANEL + left);
        FloatVector.fromArray(SPECIES, bestPanels, 2 * PANEL + left)
            .blend(number, nearer20)
            .intoArray(bestPanels, 2 * PANEL + left);
        FloatVector best21 = FloatVector.fromArray(SPECIES, bestAffinities, 2 * PANEL + right);
        VectorMask<Float> nearer21 = best21.compare(VectorOperators.LT, sum21);
        best21.blend(sum21, nearer21).intoArray(bestAffinities, 2 * PANEL + right);
        FloatVector.fromArray(SPECIES, bestPanels, 2 * PANEL + right)
            .blend(number, nearer21)
            .intoArray(bestPanels, 2 * PANEL + right);
        FloatVector best30 = FloatVector.fromArray(SPECIES, bestAffinities, 3 * PANEL + left);
        VectorMask<Float> nearer30 = best30.compare(VectorOperators.LT, sum30);
        best30.blend(sum30, nearer30).intoArray(bestAffinities, 3 * PANEL + left);
        FloatVector.fromArray(SPECIES, bestPanels, 3 * PANEL + left)
            .blend(number, nearer30)
            .intoArray(bestPanels, 3 * PANEL + left);
        FloatVector best31 = FloatVector.fromArray(SPECIES, bestAffinities, 3 * PANEL + right);
        VectorMask<Float> nearer31 = best31.compare(VectorOperators.LT, sum31);
        best31.blend(sum31, nearer31).intoArray(bestAffinities, 3 * PANEL + right);
        FloatVector.fromArray(SPECIES, bestPanels, 3 * PANEL + right)
            .blend(number, nearer31)
            .intoArray(bestPanels, 3 * PANEL + right);
      }
    }
  }
}
