package dev.sagitta.engine.index.hnsw;

import dev.sagitta.engine.index.IndexParameters;
import java.util.Map;

/**
 * Build parameters.
 *
 * @param m links a node gets when it is inserted, and the most it keeps above level 0; level 0
 *     keeps twice as many. More links find more at the price of memory and time per hop.
 * @param efConstruction candidates that an insert looks at; more make a better graph, slower
 */
public record HnswParameters(int m, int efConstruction) {
  public static final String M = "M";
  public static final String EF_CONSTRUCTION = "efConstruction";
  public static final String EF = "ef";

  public static final int M_MIN = 2;
  public static final int M_MAX = 2048;
  static final int M_DEFAULT = 30;
  static final int EF_CONSTRUCTION_DEFAULT = 360;

  public HnswParameters {
    IndexParameters.requireInRange(M, m, M_MIN, M_MAX);
    IndexParameters.requireInRange(EF_CONSTRUCTION, efConstruction, 1, Integer.MAX_VALUE);
  }

  public static HnswParameters of(Map<String, String> parameters) {
    return new HnswParameters(
        IndexParameters.integer(parameters, M, M_DEFAULT, M_MIN, M_MAX),
        IndexParameters.integer(
            parameters, EF_CONSTRUCTION, EF_CONSTRUCTION_DEFAULT, 1, Integer.MAX_VALUE));
  }

  public Map<String, String> toMap() {
    return Map.of(M, Integer.toString(m), EF_CONSTRUCTION, Integer.toString(efConstruction));
  }
}
