package dev.sagitta.bench.data;

import static java.util.Objects.requireNonNull;

import java.util.BitSet;
import java.util.Locale;

/**
 * Rows that a search may return.
 *
 * @param kind how they were chosen
 * @param share of all rows
 * @param rows the rows
 */
public record RowFilter(Kind kind, double share, BitSet rows) {
  /** How the rows of a filter are chosen. */
  public enum Kind {
    /** Each by lot. */
    RANDOM("random"),
    /** Those with the smallest values in the coordinate that varies most. */
    COORDINATE("coordinate"),
    /** Those nearest to one row: a cluster, far away from most queries. */
    CLUSTER("cluster");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    /** Name in tables and files. */
    public String text() {
      return text;
    }
  }

  public RowFilter {
    requireNonNull(kind, "kind is null");
    requireNonNull(rows, "rows is null");
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException("share must be between 0 and 1: share=" + share);
    }
  }

  /** Part of a file name, unique among the filters of a data set. */
  public String fileName() {
    return String.format(Locale.ROOT, "%s-%05.1f", kind.text(), 100 * share);
  }
}
