package dev.sagitta.query.request;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** Fields of rows that a search located on the node. */
public record FetchRequest(
    long collectionId, long[] segmentIds, int[] rows, List<Long> outputFieldIds) {
  public FetchRequest {
    requireNonNull(segmentIds, "segmentIds is null");
    requireNonNull(rows, "rows is null");
    outputFieldIds = List.copyOf(outputFieldIds);
  }
}
