package dev.sagitta.bench.side;

import java.util.Arrays;

/** Collects the rows found for a range of queries. */
public final class AnswerRows {
  private final int[] rows;
  private final int perQuery;
  private int query = -1;
  private int used;

  AnswerRows(int queries, int perQuery) {
    this.rows = new int[queries * perQuery];
    this.perQuery = perQuery;
    Arrays.fill(rows, -1);
  }

  /** How many rows are wanted for each query. */
  public int wanted() {
    return perQuery;
  }

  /** Appends a row to the present query's answer, best first; more than wanted are ignored. */
  public void add(int row) {
    if (used < perQuery) {
      rows[query * perQuery + used++] = row;
    }
  }

  void nextQuery() {
    query++;
    used = 0;
  }

  int[] rows() {
    return rows;
  }
}
