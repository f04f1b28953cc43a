package dev.sagitta.bench.ann;

import dev.sagitta.bench.data.DataSet;
import dev.sagitta.bench.data.GroundTruth;
import dev.sagitta.bench.data.QueryRange;
import dev.sagitta.bench.side.SearchReport;
import dev.sagitta.engine.schema.MetricType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Looks at a side's answers themselves: ten existing rows, none twice, and best first by exact
 * distances (unless the side orders by those of codes).
 */
final class AnswerCheck {
  /** How far distances may be out of order: what 32-bit sums round away. */
  private static final double TOLERANCE = 1e-4;

  private static final int PROBLEMS_MAX = 3;

  private final DataSet data;
  private final float[][] base;
  private final float[][] queries;

  AnswerCheck(DataSet data) throws IOException {
    this.data = data;
    this.base = data.base();
    this.queries = data.queries();
  }

  /** What is wrong with a side's answers, without filter; empty if nothing is. */
  List<String> problems(Trial trial) throws IOException {
    List<String> problems = new ArrayList<>();
    QueryRange range = data.reporting();
    for (OperatingPoint point : trial.points()) {
      SearchReport report = trial.side().search(Optional.empty(), range, point.parameters());
      for (int query = 0; query < range.count() && problems.size() < PROBLEMS_MAX; query++) {
        String problem = problem(range.from() + query, query, report, trial.side().definition());
        if (!problem.isEmpty()) {
          problems.add(
              trial.side().name()
                  + " "
                  + point.parameters()
                  + " query="
                  + (range.from() + query)
                  + ": "
                  + problem);
        }
      }
    }
    return problems;
  }

  private String problem(int query, int position, SearchReport report, SideDefinition definition) {
    Set<Integer> seen = new HashSet<>();
    double last = Double.NEGATIVE_INFINITY;
    for (int place = 0; place < GroundTruth.TOP_K; place++) {
      int row = report.rows()[position * GroundTruth.TOP_K + place];
      if (row < 0 || row >= base.length) {
        return "no such row: place=" + place + " row=" + row;
      }
      if (!seen.add(row)) {
        return "row twice: place=" + place + " row=" + row;
      }
      double distance = distance(queries[query], base[row]);
      if (definition.exactOrder() && distance < last - TOLERANCE * Math.abs(last) - TOLERANCE) {
        return "not best first: place=" + place + " distance=" + distance + " before=" + last;
      }
      last = distance;
    }
    return "";
  }

  private double distance(float[] left, float[] right) {
    double dot = 0;
    double leftSquares = 0;
    double rightSquares = 0;
    for (int i = 0; i < left.length; i++) {
      dot += (double) left[i] * right[i];
      leftSquares += (double) left[i] * left[i];
      rightSquares += (double) right[i] * right[i];
    }
    return data.metric() == MetricType.L2
        ? leftSquares + rightSquares - 2 * dot
        : 1 - dot / Math.sqrt(leftSquares * rightSquares);
  }
}
