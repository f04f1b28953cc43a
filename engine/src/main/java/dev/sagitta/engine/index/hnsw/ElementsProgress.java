package dev.sagitta.engine.index.hnsw;

import dev.sagitta.engine.index.BuildProgress;

/**
 * Reports the progress of an index of elements as that of the rows whose lists have them.
 *
 * @param ofRows who wants to know
 * @param rows number of rows
 * @param elements number of elements
 */
record ElementsProgress(BuildProgress ofRows, int rows, int elements) implements BuildProgress {
  @Override
  public void rowsIndexed(int elementsIndexed) {
    ofRows.rowsIndexed(elements == 0 ? rows : (int) ((long) elementsIndexed * rows / elements));
  }

  @Override
  public boolean cancelled() {
    return ofRows.cancelled();
  }

  @Override
  public int parallelism() {
    return ofRows.parallelism();
  }
}
