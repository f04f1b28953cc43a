package dev.sagitta.engine.index.ivf;

import dev.sagitta.engine.column.PackedVectorColumn;
import dev.sagitta.engine.index.BuildProgress;
import dev.sagitta.engine.index.BuildThreads;
import dev.sagitta.engine.index.cluster.Centroids;
import dev.sagitta.engine.index.cluster.KMeans;
import dev.sagitta.engine.index.cluster.KMeansSettings;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** Finds the centroids of the lists, and the list of each row. */
final class CoarseTraining {
  private static final int ITERATIONS = 10;
  private static final int ROWS_PER_STEP = 256;

  private CoarseTraining() {}

  /** Centroids of the sample. A sample of nothing has one centroid, of zeros. */
  static Centroids train(
      CoarseSample sample, CoarseSpace space, int listCount, long seed, BuildProgress progress) {
    if (sample.count() == 0) {
      return new Centroids(new float[sample.dimension()], 1, sample.dimension(), space.spherical());
    }
    KMeansSettings settings = new KMeansSettings(listCount, space.spherical(), ITERATIONS, seed);
    return KMeans.train(sample.vectors(), sample.count(), sample.dimension(), settings, progress);
  }

  /**
   * The list of each row, -1 for rows without a vector.
   *
   * @param rowsAssigned told how many rows are done
   */
  static int[] assign(
      PackedVectorColumn vectors,
      CoarseSpace space,
      Centroids centroids,
      BuildProgress progress,
      IntConsumer rowsAssigned) {
    int dimension = vectors.dimension();
    int[] listOfRow = new int[vectors.rowCount()];
    AtomicInteger done = new AtomicInteger();
    BuildThreads.run(
        listOfRow.length,
        ROWS_PER_STEP,
        progress,
        () -> {
          Centroids.Assigner assigner = centroids.newAssigner();
          float[] batch = new float[ROWS_PER_STEP * dimension];
          return (from, to) -> {
            for (int row = from; row < to; row++) {
              if (!isNull(vectors, row)) {
                space.read(vectors, row, batch, (row - from) * dimension);
              }
            }
            assigner.assign(batch, 0, to - from, listOfRow, from);
            for (int row = from; row < to; row++) {
              if (isNull(vectors, row)) {
                listOfRow[row] = -1;
              }
            }
            rowsAssigned.accept(done.addAndGet(to - from));
          };
        });
    return listOfRow;
  }

  private static boolean isNull(PackedVectorColumn vectors, int row) {
    return vectors.mayHaveNulls() && vectors.isNull(row);
  }
}
