package dev.sagitta.query.load;

import java.util.ArrayList;
import java.util.List;

/**
 * How much of what is to be served is served.
 *
 * @param wantedRows rows of the sealed segments that are to be served
 * @param servedRows those of them that are
 * @param wantedSegments number of these segments
 * @param servedSegments those of them that are served
 */
public record LoadProgress(
    long wantedRows,
    long servedRows,
    int wantedSegments,
    int servedSegments,
    List<LoadFailure> failures) {
  public static final LoadProgress NOTHING_WANTED = new LoadProgress(0, 0, 0, 0, List.of());

  public LoadProgress {
    failures = List.copyOf(failures);
  }

  public boolean complete() {
    return servedSegments == wantedSegments;
  }

  /** 0 to 100; 100 only if everything is served. */
  public int percentage() {
    if (complete()) {
      return 100;
    }
    return wantedRows == 0 ? 0 : (int) Math.min(99, 100 * servedRows / wantedRows);
  }

  public LoadProgress plus(LoadProgress other) {
    List<LoadFailure> all = new ArrayList<>(failures);
    all.addAll(other.failures);
    return new LoadProgress(
        wantedRows + other.wantedRows,
        servedRows + other.servedRows,
        wantedSegments + other.wantedSegments,
        servedSegments + other.servedSegments,
        all);
  }
}
