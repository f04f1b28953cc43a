package dev.sagitta.query.request;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Set;

/**
 * A filtered read on one node.
 *
 * @param limit at most this many rows, those with the smallest primary keys; ignored for counts
 * @param countOnly answer the number of rows only
 */
public record RetrieveRequest(
    long collectionId,
    long catalogVersion,
    List<String> vchannels,
    Set<Long> partitionIds,
    FilterText filter,
    int limit,
    boolean countOnly,
    List<Long> outputFieldIds,
    RowVisibility visibility) {
  public RetrieveRequest {
    vchannels = List.copyOf(vchannels);
    partitionIds = Set.copyOf(partitionIds);
    requireNonNull(filter, "filter is null");
    outputFieldIds = List.copyOf(outputFieldIds);
    requireNonNull(visibility, "visibility is null");
  }

  /** Reads all that is served. */
  public RetrieveRequest(
      long collectionId,
      long catalogVersion,
      List<String> vchannels,
      Set<Long> partitionIds,
      FilterText filter,
      int limit,
      boolean countOnly,
      List<Long> outputFieldIds) {
    this(
        collectionId,
        catalogVersion,
        vchannels,
        partitionIds,
        filter,
        limit,
        countOnly,
        outputFieldIds,
        RowVisibility.NEWEST);
  }
}
