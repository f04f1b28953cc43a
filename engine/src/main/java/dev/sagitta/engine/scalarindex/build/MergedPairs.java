package dev.sagitta.engine.scalarindex.build;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Several sorted runs as one. Rows of a later run are greater, so equal keys come in run order. */
final class MergedPairs implements SortedPairs {
  private record Run(SortedPairs pairs, int number) {}

  private final PriorityQueue<Run> waiting;
  private final List<SortedPairs> all;
  private final boolean byteKeys;
  private Run current;

  MergedPairs(List<SortedPairs> runs, boolean byteKeys) {
    all = List.copyOf(runs);
    this.byteKeys = byteKeys;
    waiting = new PriorityQueue<>(Math.max(1, runs.size()), order(byteKeys));
    for (int i = 0; i < runs.size(); i++) {
      if (runs.get(i).next()) {
        waiting.add(new Run(runs.get(i), i));
      }
    }
  }

  private static Comparator<Run> order(boolean byteKeys) {
    return (left, right) -> {
      int order = Long.compareUnsigned(left.pairs.prefix(), right.pairs.prefix());
      if (order == 0 && byteKeys) {
        order = compareBytes(left.pairs, right.pairs);
      }
      return order != 0 ? order : Integer.compare(left.number, right.number);
    };
  }

  private static int compareBytes(SortedPairs left, SortedPairs right) {
    return Arrays.compareUnsigned(
        left.bytes(),
        left.offset(),
        left.offset() + left.length(),
        right.bytes(),
        right.offset(),
        right.offset() + right.length());
  }

  @Override
  public boolean next() {
    if (current != null) {
      long last = current.pairs.prefix();
      if (current.pairs.next()) {
        if (!byteKeys && current.pairs.prefix() == last) {
          // The same key in later runs comes behind.
          return true;
        }
        waiting.add(current);
      }
    }
    current = waiting.poll();
    return current != null;
  }

  @Override
  public long prefix() {
    return current.pairs.prefix();
  }

  @Override
  public byte[] bytes() {
    return current.pairs.bytes();
  }

  @Override
  public int offset() {
    return current.pairs.offset();
  }

  @Override
  public int length() {
    return current.pairs.length();
  }

  @Override
  public int row() {
    return current.pairs.row();
  }

  @Override
  public void close() {
    all.forEach(SortedPairs::close);
  }
}
