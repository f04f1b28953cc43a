package dev.sagitta.engine.index.cluster;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The Vector API twin: a tile of four points by two vectors of centroids stays in registers while
 * the dimensions pass by, as in a matrix product (Goto and van de Geijn, "Anatomy of
 * high-performance matrix multiplication", 2008). The nearer of two is chosen by the sign of their
 * difference and not by a mask: masks may end up on the heap when much else was compiled before.
 */
final class SimdClusterKernel implements ClusterKernel {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final int SIGN_BIT = 31;

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
      IntVector panel00 = FloatVector.fromArray(SPECIES, bestPanels, left).reinterpretAsInts();
      IntVector panel01 = FloatVector.fromArray(SPECIES, bestPanels, right).reinterpretAsInts();
      IntVector panel10 =
          FloatVector.fromArray(SPECIES, bestPanels, PANEL + left).reinterpretAsInts();
      IntVector panel11 =
          FloatVector.fromArray(SPECIES, bestPanels, PANEL + right).reinterpretAsInts();
      IntVector panel20 =
          FloatVector.fromArray(SPECIES, bestPanels, 2 * PANEL + left).reinterpretAsInts();
      IntVector panel21 =
          FloatVector.fromArray(SPECIES, bestPanels, 2 * PANEL + right).reinterpretAsInts();
      IntVector panel30 =
          FloatVector.fromArray(SPECIES, bestPanels, 3 * PANEL + left).reinterpretAsInts();
      IntVector panel31 =
          FloatVector.fromArray(SPECIES, bestPanels, 3 * PANEL + right).reinterpretAsInts();
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
        IntVector number = FloatVector.broadcast(SPECIES, (float) panel).reinterpretAsInts();
        IntVector nearer00 =
            best00.sub(sum00).reinterpretAsInts().lanewise(VectorOperators.ASHR, SIGN_BIT);
        IntVector nearer01 =
            best01.sub(sum01).reinterpretAsInts().lanewise(VectorOperators.ASHR, SIGN_BIT);
        IntVector nearer10 =
            best10.sub(sum10).reinterpretAsInts().lanewise(VectorOperators.ASHR, SIGN_BIT);
        IntVector nearer11 =
            best11.sub(sum11).reinterpretAsInts().lanewise(VectorOperators.ASHR, SIGN_BIT);
        IntVector nearer20 =
            best20.sub(sum20).reinterpretAsInts().lanewise(VectorOperators.ASHR, SIGN_BIT);
        IntVector nearer21 =
            best21.sub(sum21).reinterpretAsInts().lanewise(VectorOperators.ASHR, SIGN_BIT);
        IntVector nearer30 =
            best30.sub(sum30).reinterpretAsInts().lanewise(VectorOperators.ASHR, SIGN_BIT);
        IntVector nearer31 =
            best31.sub(sum31).reinterpretAsInts().lanewise(VectorOperators.ASHR, SIGN_BIT);
        best00 =
            best00
                .reinterpretAsInts()
                .lanewise(VectorOperators.BITWISE_BLEND, sum00.reinterpretAsInts(), nearer00)
                .reinterpretAsFloats();
        best01 =
            best01
                .reinterpretAsInts()
                .lanewise(VectorOperators.BITWISE_BLEND, sum01.reinterpretAsInts(), nearer01)
                .reinterpretAsFloats();
        best10 =
            best10
                .reinterpretAsInts()
                .lanewise(VectorOperators.BITWISE_BLEND, sum10.reinterpretAsInts(), nearer10)
                .reinterpretAsFloats();
        best11 =
            best11
                .reinterpretAsInts()
                .lanewise(VectorOperators.BITWISE_BLEND, sum11.reinterpretAsInts(), nearer11)
                .reinterpretAsFloats();
        best20 =
            best20
                .reinterpretAsInts()
                .lanewise(VectorOperators.BITWISE_BLEND, sum20.reinterpretAsInts(), nearer20)
                .reinterpretAsFloats();
        best21 =
            best21
                .reinterpretAsInts()
                .lanewise(VectorOperators.BITWISE_BLEND, sum21.reinterpretAsInts(), nearer21)
                .reinterpretAsFloats();
        best30 =
            best30
                .reinterpretAsInts()
                .lanewise(VectorOperators.BITWISE_BLEND, sum30.reinterpretAsInts(), nearer30)
                .reinterpretAsFloats();
        best31 =
            best31
                .reinterpretAsInts()
                .lanewise(VectorOperators.BITWISE_BLEND, sum31.reinterpretAsInts(), nearer31)
                .reinterpretAsFloats();
        panel00 = panel00.lanewise(VectorOperators.BITWISE_BLEND, number, nearer00);
        panel01 = panel01.lanewise(VectorOperators.BITWISE_BLEND, number, nearer01);
        panel10 = panel10.lanewise(VectorOperators.BITWISE_BLEND, number, nearer10);
        panel11 = panel11.lanewise(VectorOperators.BITWISE_BLEND, number, nearer11);
        panel20 = panel20.lanewise(VectorOperators.BITWISE_BLEND, number, nearer20);
        panel21 = panel21.lanewise(VectorOperators.BITWISE_BLEND, number, nearer21);
        panel30 = panel30.lanewise(VectorOperators.BITWISE_BLEND, number, nearer30);
        panel31 = panel31.lanewise(VectorOperators.BITWISE_BLEND, number, nearer31);
      }
      best00.intoArray(bestAffinities, left);
      best01.intoArray(bestAffinities, right);
      best10.intoArray(bestAffinities, PANEL + left);
      best11.intoArray(bestAffinities, PANEL + right);
      best20.intoArray(bestAffinities, 2 * PANEL + left);
      best21.intoArray(bestAffinities, 2 * PANEL + right);
      best30.intoArray(bestAffinities, 3 * PANEL + left);
      best31.intoArray(bestAffinities, 3 * PANEL + right);
      panel00.reinterpretAsFloats().intoArray(bestPanels, left);
      panel01.reinterpretAsFloats().intoArray(bestPanels, right);
      panel10.reinterpretAsFloats().intoArray(bestPanels, PANEL + left);
      panel11.reinterpretAsFloats().intoArray(bestPanels, PANEL + right);
      panel20.reinterpretAsFloats().intoArray(bestPanels, 2 * PANEL + left);
      panel21.reinterpretAsFloats().intoArray(bestPanels, 2 * PANEL + right);
      panel30.reinterpretAsFloats().intoArray(bestPanels, 3 * PANEL + left);
      panel31.reinterpretAsFloats().intoArray(bestPanels, 3 * PANEL + right);
    }
  }
}
