package dev.sagitta.engine.index;

import java.util.Random;

/** Vectors as real ones are: in clusters of different spread and length, some of them twice. */
public final class ClusteredVectors {
  private static final int ROWS_PER_CLUSTER = 50;

  private final Random random;
  private final float[][] centres;

  public ClusteredVectors(Random random, int rowCount, int dimension) {
    this.random = random;
    this.centres = new float[1 + rowCount / ROWS_PER_CLUSTER][dimension];
    for (float[] centre : centres) {
      for (int i = 0; i < dimension; i++) {
        centre[i] = (float) random.nextGaussian();
      }
    }
  }

  /** New vectors around the same centres: rows, and queries from the same distribution. */
  public float[][] draw(int count) {
    float[][] rows = new float[count][];
    for (int row = 0; row < count; row++) {
      rows[row] = random.nextInt(200) == 0 && row > 0 ? rows[random.nextInt(row)] : draw();
    }
    return rows;
  }

  private float[] draw() {
    float[] row = centres[random.nextInt(centres.length)].clone();
    float spread = 0.2f + 0.6f * random.nextFloat();
    for (int i = 0; i < row.length; i++) {
      row[i] += spread * (float) random.nextGaussian();
    }
    return row;
  }
}
