package dev.sagitta.bench.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * What the right answers of a data set's queries are. An answer's row counts as right if it is as
 * near as the tenth nearest, so that rows at equal distances (duplicates) are interchangeable.
 */
public final class GroundTruth {
  /** How many rows a query asks for. */
  public static final int TOP_K = 10;

  /** More than asked for, to know the ties of the last one. */
  private static final int KNOWN = 50;

  /** Distances closer than this are ties: 32-bit floats cannot tell them apart. */
  private static final double TIE = 1e-6;

  private final int[][] accepted;
  private final int[] wanted;

  private GroundTruth(int[][] nearest, ExactNeighbours distances) {
    this.accepted = new int[nearest.length][];
    this.wanted = new int[nearest.length];
    for (int query = 0; query < nearest.length; query++) {
      int[] rows = nearest[query];
      int found = 0;
      while (found < rows.length && rows[found] >= 0) {
        found++;
      }
      wanted[query] = Math.min(TOP_K, found);
      int count = wanted[query];
      if (count > 0) {
        double last = distances.distance(query, rows[count - 1]);
        while (count < found && distances.distance(query, rows[count]) <= last + TIE * last) {
          count++;
        }
      }
      accepted[query] = Arrays.copyOf(rows, count);
    }
  }

  /** The right answers among all rows, computed once and then kept beside the data. */
  public static GroundTruth of(DataSet data) throws IOException, InterruptedException {
    ExactNeighbours exact = exact(data);
    Path file = data.cache().resolve("nearest.ivecs");
    if (!Files.exists(file)) {
      BitSet all = new BitSet();
      all.set(0, data.rows());
      VectorFile.write(file, exact.nearest(List.of(all), KNOWN)[0]);
    }
    return new GroundTruth(VectorFile.integers(file), exact);
  }

  /** The right answers under each of several filters, kept in files of those names. */
  public static List<GroundTruth> filtered(DataSet data, List<RowFilter> filters)
      throws IOException, InterruptedException {
    ExactNeighbours exact = exact(data);
    List<Path> files =
        filters.stream()
            .map(filter -> data.cache().resolve("nearest-" + filter.fileName() + ".ivecs"))
            .toList();
    if (!files.stream().allMatch(Files::exists)) {
      int[][][] nearest = exact.nearest(filters.stream().map(RowFilter::rows).toList(), KNOWN);
      for (int filter = 0; filter < nearest.length; filter++) {
        VectorFile.write(files.get(filter), nearest[filter]);
      }
    }
    GroundTruth[] truths = new GroundTruth[files.size()];
    for (int filter = 0; filter < truths.length; filter++) {
      truths[filter] = new GroundTruth(VectorFile.integers(files.get(filter)), exact);
    }
    return List.of(truths);
  }

  /**
   * Share of the right answers that were found.
   *
   * @param range the queries
   * @param answers {@link #TOP_K} row numbers for each query of the range, -1 for none
   */
  public double recall(QueryRange range, int[] answers) {
    long found = 0;
    long expected = 0;
    for (int query = 0; query < range.count(); query++) {
      int[] right = accepted[range.from() + query];
      int hits = 0;
      for (int place = 0; place < TOP_K; place++) {
        hits += contains(right, answers[query * TOP_K + place]) ? 1 : 0;
      }
      expected += wanted[range.from() + query];
      found += Math.min(hits, wanted[range.from() + query]);
    }
    return expected == 0 ? 1 : (double) found / expected;
  }

  private static boolean contains(int[] rows, int row) {
    for (int candidate : rows) {
      if (candidate == row) {
        return true;
      }
    }
    return false;
  }

  private static ExactNeighbours exact(DataSet data) throws IOException {
    return new ExactNeighbours(data.base(), data.queries(), data.metric());
  }
}
