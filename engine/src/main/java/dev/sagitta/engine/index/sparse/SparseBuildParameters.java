package dev.sagitta.engine.index.sparse;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.index.IndexParameters;
import java.util.HashMap;
import java.util.Map;

/**
 * Build parameters of the sparse families.
 *
 * @param algorithm how searches walk the lists
 * @param bm25 constants of the metric BM25
 */
record SparseBuildParameters(SparseAlgorithm algorithm, Bm25Parameters bm25) {
  static final String ALGORITHM = "inverted_index_algo";

  /** Accepted and without effect, as in Milvus since 2.5: nothing is dropped, results are exact. */
  static final String DROP_RATIO_BUILD = "drop_ratio_build";

  SparseBuildParameters {
    requireNonNull(algorithm, "algorithm is null");
    requireNonNull(bm25, "bm25 is null");
  }

  /**
   * Reads and checks the parameters.
   *
   * @throws dev.sagitta.engine.error.SagittaException code 1100, naming parameter, value and range
   */
  static SparseBuildParameters of(Map<String, String> parameters, SparseAlgorithm byDefault) {
    IndexParameters.number(parameters, DROP_RATIO_BUILD, 0, 0, SparseSearchParameters.RATIO_MAX);
    String name = parameters.get(ALGORITHM);
    return new SparseBuildParameters(
        name == null ? byDefault : SparseAlgorithm.fromName(name), Bm25Parameters.of(parameters));
  }

  /** The given parameters, and the defaults of those that are missing. */
  Map<String, String> complete(Map<String, String> given) {
    Map<String, String> complete = new HashMap<>(given);
    complete.put(ALGORITHM, algorithm.name());
    complete.put(Bm25Parameters.K1, Double.toString(bm25.k1()));
    complete.put(Bm25Parameters.B, Double.toString(bm25.b()));
    return Map.copyOf(complete);
  }
}
