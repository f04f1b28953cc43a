package dev.sagitta.bench.ann;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** Queries per second by recall, of the fastest round at each ef. */
final class Curve {
  private final Map<Integer, Peer.Round> fastest = new TreeMap<>();
  private final int queries;

  Curve(int queries) {
    this.queries = queries;
  }

  void add(int ef, Peer.Round round) {
    fastest.merge(ef, round, (left, right) -> left.seconds() <= right.seconds() ? left : right);
  }

  double recall(int ef) {
    return fastest.get(ef).recall();
  }

  double queriesPerSecond(int ef) {
    return queries / fastest.get(ef).seconds();
  }

  /** Queries per second at a recall, between the two rounds around it; empty if not reached. */
  OptionalDouble queriesPerSecondAt(double recall) {
    Peer.Round below = null;
    for (Peer.Round above : fastest.values()) {
      if (above.recall() >= recall) {
        double share =
            below == null ? 1 : (recall - below.recall()) / (above.recall() - below.recall());
        double seconds =
            below == null
                ? above.seconds()
                : below.seconds() + share * (above.seconds() - below.seconds());
        return OptionalDouble.of(queries / seconds);
      }
      below = above;
    }
    return OptionalDouble.empty();
  }
}
