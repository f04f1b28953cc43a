package dev.sagitta.engine.index;

import static java.util.Objects.requireNonNull;

/**
 * Statistics with the rows that they were counted of.
 *
 * @param rowCount the first rows of the segment, so many
 */
public record Bm25Count(int rowCount, Bm25Statistics statistics) {
  public Bm25Count {
    requireNonNull(statistics, "statistics is null");
  }
}
