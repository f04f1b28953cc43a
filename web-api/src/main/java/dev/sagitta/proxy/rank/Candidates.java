package dev.sagitta.proxy.rank;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.column.Column;
import java.util.List;
import java.util.Optional;

/**
 * The distinct rows that the searches found for one query.
 *
 * @param query number of the query
 * @param count number of rows
 * @param rankings what each search found, in the order of the searches
 * @param input values of the ranker's input field, if it has one
 * @param firstInputRow row of the first candidate's value in {@code input}; the others follow
 */
public record Candidates(
    int query, int count, List<Ranking> rankings, Optional<Column> input, int firstInputRow) {
  public Candidates {
    rankings = List.copyOf(rankings);
    requireNonNull(input, "input is null");
  }
}
