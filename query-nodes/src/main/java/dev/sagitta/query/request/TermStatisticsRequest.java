package dev.sagitta.query.request;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Asks a node what BM25 must know about all rows that it serves of a collection, whatever their
 * partition, so that a row's score does not depend on where it lies.
 *
 * @param catalogVersion the node must know at least this catalog
 * @param vchannels which of the node's vchannels to count
 * @param fieldId sparse vector field
 * @param indices terms: sorted, compared unsigned, none twice
 */
public record TermStatisticsRequest(
    long collectionId, long catalogVersion, List<String> vchannels, long fieldId, int[] indices) {
  public TermStatisticsRequest {
    vchannels = List.copyOf(vchannels);
    requireNonNull(indices, "indices is null");
  }
}
