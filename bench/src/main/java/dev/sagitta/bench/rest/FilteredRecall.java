package dev.sagitta.bench.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sagitta.bench.rest.SizeWindows.Window;
import java.io.IOException;
import java.util.PriorityQueue;

/** Compares the answers of filtered searches with the truly nearest rows. */
final class FilteredRecall {
  private final PackageRows rows;
  private final int limit;
  private int found;
  private int wanted;

  FilteredRecall(PackageRows rows, int limit) {
    this.rows = rows;
    this.limit = limit;
  }

  /** Adds the answer to a search with this query and window. */
  void add(int query, Window window, JsonNode answer) throws IOException {
    double worst = worstWanted(rows.queryVectors()[query], window);
    for (JsonNode hit : answer.path("data")) {
      int row = hit.path("id").asInt();
      if (!window.holds(rows.sizeBytes(row))) {
        throw new IOException("hit does not match the filter: id=" + row);
      }
      if (cosine(rows.queryVectors()[query], rows.baseVectors()[row]) >= worst - 1e-6) {
        found++;
      }
    }
  }

  double value() {
    return found / (double) wanted;
  }

  /** Similarity of the last row that a perfect answer has. */
  private double worstWanted(float[] query, Window window) {
    PriorityQueue<Double> best = new PriorityQueue<>();
    for (int row = 0; row < rows.size(); row++) {
      if (window.holds(rows.sizeBytes(row))) {
        best.add(cosine(query, rows.baseVectors()[row]));
        if (best.size() > limit) {
          best.remove();
        }
      }
    }
    wanted += best.size();
    return best.element();
  }

  private static double cosine(float[] left, float[] right) {
    double dot = 0;
    double leftNorm = 0;
    double rightNorm = 0;
    for (int i = 0; i < left.length; i++) {
      dot += left[i] * (double) right[i];
      leftNorm += left[i] * (double) left[i];
      rightNorm += right[i] * (double) right[i];
    }
    return dot / Math.sqrt(leftNorm * rightNorm);
  }
}
