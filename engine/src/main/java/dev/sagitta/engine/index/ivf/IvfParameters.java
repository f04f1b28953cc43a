package dev.sagitta.engine.index.ivf;

import dev.sagitta.engine.index.IndexParameters;
import dev.sagitta.engine.index.IndexSearchParameters;
import dev.sagitta.engine.index.cluster.KMeansSettings;
import java.util.Map;

/** The parameters that all inverted files have. */
final class IvfParameters {
  static final String NLIST = "nlist";
  static final String NPROBE = "nprobe";
  static final int NLIST_DEFAULT = 128;
  static final int NPROBE_DEFAULT = 8;

  /** A list of fewer rows is not worth its centroid; as Milvus has it. */
  static final int ROWS_PER_LIST_MIN = 40;

  private IvfParameters() {}

  /** Lists that the client wants. */
  static int listCount(Map<String, String> parameters) {
    return IndexParameters.integer(
        parameters, NLIST, NLIST_DEFAULT, 1, KMeansSettings.CLUSTERS_MAX);
  }

  /** Lists that so many rows get: a small segment has fewer than wanted. */
  static int listCount(int wanted, int rowCount) {
    return Math.clamp(rowCount / ROWS_PER_LIST_MIN, 1, wanted);
  }

  /** Lists that a search looks into; more than there are mean all. */
  static int probes(IndexSearchParameters parameters) {
    return IndexParameters.integer(
        parameters.values(), NPROBE, NPROBE_DEFAULT, 1, KMeansSettings.CLUSTERS_MAX);
  }
}
