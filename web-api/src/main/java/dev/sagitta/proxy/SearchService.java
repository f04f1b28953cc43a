package dev.sagitta.proxy;

import dev.sagitta.engine.time.Deadline;
import dev.sagitta.proxy.rank.model.RerankModel;
import java.util.Map;

/** Finds the rows nearest to vectors. */
public interface SearchService {
  /**
   * Searches. Fails with COLLECTION_NOT_LOADED or PARTITION_NOT_LOADED when rows to search are not
   * served, PARTITION_NOT_FOUND for unknown partitions, INVALID_PARAMETER for filters that do not
   * compile ({@code failed to create query plan: cannot parse expression: ...}), for search
   * parameters out of range and for a metric other than the index's ({@code metric type not
   * match}), and with TIMEOUT when the deadline passes.
   */
  SearchOutcome search(SearchCommand command, Deadline deadline);

  /** Searches several vector fields and makes one list of the hits; fails like {@link #search}. */
  SearchOutcome hybridSearch(HybridSearchCommand command, Deadline deadline);

  /** The model that parameters of a rerank function name; INVALID_PARAMETER if there is none. */
  RerankModel rerankModel(Map<String, String> parameters);
}
