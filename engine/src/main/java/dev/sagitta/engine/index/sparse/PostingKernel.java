package dev.sagitta.engine.index.sparse;

/**
 * The inner loops over chunks and accumulators. Stateless; nothing is allocated. Addresses are of
 * native memory that the caller keeps alive and has checked to hold what is asked for.
 */
interface PostingKernel {
  /** Name for logs and benchmarks. */
  String name();

  /**
   * Adds {@code weight} times the impact of each entry of a sparse chunk to its row's accumulator.
   *
   * @param rows address of the row numbers, which are below the number of accumulators
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

  /**
   * The first row at or after {@code from} whose accumulator is at least the threshold, or {@code
   * to} if there is none before that.
   */
  int nextAtLeast(int[] accumulators, int from, int to, int threshold);
}
