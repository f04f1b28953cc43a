package dev.sagitta.engine.index.sparse;

import static dev.sagitta.engine.index.graph.NativeMemory.ALL;

import dev.sagitta.engine.storage.LittleEndian;

/** Plain loops. */
final class ScalarPostingKernel implements PostingKernel {
  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public void addSparse(long rows, long impacts, int count, int weight, int[] accumulators) {
    for (int i = 0; i < count; i++) {
      int row = ALL.get(LittleEndian.SHORT, rows + 2L * i) & (BLOCK_ROWS - 1);
      accumulators[row] += weight * (ALL.get(LittleEndian.BYTE, impacts + i) & 0xff);
    }
  }

  @Override
  public void addDense(long impacts, int rowCount, int weight, int[] accumulators) {
    for (int row = 0; row < rowCount; row++) {
      accumulators[row] += weight * (ALL.get(LittleEndian.BYTE, impacts + row) & 0xff);
    }
  }

  @Override
  public void addFourDense(
      long impacts0,
      int weight0,
      long impacts1,
      int weight1,
      long impacts2,
      int weight2,
      long impacts3,
      int weight3,
      int rowCount,
      int[] accumulators) {
    addDense(impacts0, rowCount, weight0, accumulators);
    addDense(impacts1, rowCount, weight1, accumulators);
    addDense(impacts2, rowCount, weight2, accumulators);
    addDense(impacts3, rowCount, weight3, accumulators);
  }

  @Override
  public int nextAtLeast(int[] accumulators, int from, int to, int threshold) {
    int row = from;
    while (row < to && accumulators[row] < threshold) {
      row++;
    }
    return row;
  }
}
