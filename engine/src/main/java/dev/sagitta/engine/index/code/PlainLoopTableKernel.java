package dev.sagitta.engine.index.code;

/** The twin in plain loops. */
final class PlainLoopTableKernel implements TableKernel {
  private static final int ENTRY_MAX = 255;

  @Override
  public float squaredDistances(
      float[] rotated, float[] centroids, int parts, int partDimension, float[] target) {
    int count = FastScanCode.CENTROIDS;
    float widest = 0;
    for (int part = 0; part < parts; part++) {
      float least = Float.POSITIVE_INFINITY;
      for (int c = 0; c < count; c++) {
        float sum = 0;
        for (int i = 0; i < partDimension; i++) {
          int at = part * partDimension + i;
          float difference = centroids[at * count + c] - rotated[at];
          sum = Math.fma(difference, difference, sum);
        }
        target[part * count + c] = sum;
        least = Math.min(least, sum);
      }
      for (int at = part * count; at < (part + 1) * count; at++) {
        target[at] -= least;
        widest = Math.max(widest, target[at]);
      }
    }
    return widest;
  }

  @Override
  public void toBytes(float[] values, float scale, int count, byte[] target) {
    for (int i = 0; i < count; i++) {
      target[i] = (byte) Math.min(ENTRY_MAX, (int) Math.fma(values[i], scale, 0.5f));
    }
  }
}
