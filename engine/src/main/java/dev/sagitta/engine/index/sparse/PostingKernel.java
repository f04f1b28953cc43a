package dev.sagitta.engine.index.sparse;

/**
 * The inner loops over chunks and accumulators. Stateless; nothing is allocated. Addresses are of
 * native memory that the caller keeps alive and has checked to hold what is asked for.
 */
interface PostingKernel {
  /** Name for logs and benchmarks. */
  String name();

  /** Rows that are summed up at once: their accumulators fill half of the first cache. */
  int BLOCK_ROWS = 1 << 12;

  /**
   * Adds {@code weight} times the impact of each entry to its row's accumulator, which is the row's
   * number modulo {@link #BLOCK_ROWS}.
   *
   * @param rows address of the row numbers
   * @param impacts address of the impacts
   */
  void addSparse(long rows, long impacts, int count, int weight, int[] accumulators);

  /**
   * Adds {@code weight} times the impact of each row of a dense chunk to its accumulator.
   *
   * @param impacts address of the impacts
   * @param rowCount a multiple of {@link SparseIndexFile#DENSE_PADDING}
   */
  void addDense(long impacts, int rowCount, int weight, int[] accumulators);

  /** Like {@link #addDense} for four chunks of the same rows, reading each sum but once. */
  void addFourDense(
      long impacts0,
      int weight0,
      long impacts1,
      int weight1,
      long impacts2,
      int weight2,
      long impacts3,
      int weight3,
      int rowCount,
      int[] accumulators);

  /**
   * The first row at or after {@code from} whose accumulator is at least the threshold, or {@code
   * to} if there is none before that.
   */
  int nextAtLeast(int[] accumulators, int from, int to, int threshold);
}
