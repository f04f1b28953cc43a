package dev.sagitta.embedding.onnx;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Puts sentences of similar length together, so that little is computed for padding, in batches of
 * bounded size.
 */
final class TokenBatches {
  /** Cells of a batch, padding included: enough for the matrix kernels, small in memory. */
  static final int MAXIMUM_CELLS = 512;

  private TokenBatches() {}

  /**
   * Deals sentences to batches.
   *
   * @return row numbers of each batch; the last row of a batch is its longest
   */
  static List<int[]> of(int[][] sentences) {
    int[] order =
        IntStream.range(0, sentences.length)
            .boxed()
            .sorted(Comparator.comparingInt(row -> sentences[row].length))
            .mapToInt(Integer::intValue)
            .toArray();
    List<int[]> batches = new ArrayList<>();
    int from = 0;
    while (from < order.length) {
      int to = from + 1;
      while (to < order.length && (to - from + 1) * sentences[order[to]].length <= MAXIMUM_CELLS) {
        to++;
      }
      int[] batch = new int[to - from];
      System.arraycopy(order, from, batch, 0, batch.length);
      batches.add(batch);
      from = to;
    }
    return batches;
  }
}
