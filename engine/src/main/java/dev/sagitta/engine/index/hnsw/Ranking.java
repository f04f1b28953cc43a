package dev.sagitta.engine.index.hnsw;

import dev.sagitta.engine.index.TopRows;
import dev.sagitta.engine.index.graph.CandidatePool;
import dev.sagitta.engine.index.graph.NodeDistances;
import dev.sagitta.engine.index.graph.OfferedNodes;
import java.util.Arrays;

/**
 * Offers the nearest of what a walk over rounded distances found, by exact ones. It looks at
 * candidates until none that is left can be nearer than the worst row kept, so that it keeps the
 * same rows as if it looked at all. Not safe for concurrent use.
 */
final class Ranking {
  private final int[] group = new int[NodeDistances.GROUP];
  private final float[] distances = new float[NodeDistances.GROUP];

  void offerNearest(
      CandidatePool pool, QueryDistances exact, OfferedNodes offered, TopRows results) {
    int position = 0;
    boolean done = false;
    while (!done) {
      int count = 0;
      while (count < NodeDistances.GROUP && !done) {
        if (position == pool.size()
            || !results.wouldKeep(
                offered.score(exact.nearestPossible(pool.distanceAt(position))))) {
          done = true;
        } else {
          int node = pool.nodeAt(position++);
          // Nodes that were inserted meanwhile are walked through, but not offered.
          if (offered.containsNode(node)) {
            group[count++] = node;
          }
        }
      }
      if (count > 0) {
        Arrays.fill(group, count, group.length, group[0]);
        exact.computeExact(group, count, distances);
        offerGroup(count, offered, results);
      }
    }
  }

  private void offerGroup(int count, OfferedNodes offered, TopRows results) {
    for (int i = 0; i < count; i++) {
      float score = offered.score(distances[i]);
      if (results.wouldKeep(score) && offered.acceptsScore(score)) {
        results.offer(offered.row(group[i]), score);
      }
    }
  }
}
