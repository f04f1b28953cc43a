package dev.sagitta.engine.index.diskann;

import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.index.IndexParameters;
import java.util.Map;

/**
 * Build parameters, by the names that Milvus's configuration has for them.
 *
 * @param maximumDegree the most links of a node; more find more at the price of disk and of
 *     distances per hop
 * @param searchListSize candidates that the build keeps for each node; more make a better graph,
 *     slower
 * @param codeBudgetRatio the most bytes of codes in memory, as a share of the raw vectors' bytes
 * @param searchCacheRatio the most bytes of nodes in memory, as a share of the raw vectors' bytes
 * @param beamWidth nodes that a search reads at a time
 */
record DiskAnnParameters(
    int maximumDegree,
    int searchListSize,
    double codeBudgetRatio,
    double searchCacheRatio,
    int beamWidth) {
  static final String MAX_DEGREE = "MaxDegree";
  static final String SEARCH_LIST_SIZE = "SearchListSize";
  static final String CODE_BUDGET_RATIO = "PQCodeBudgetGBRatio";
  static final String SEARCH_CACHE_RATIO = "SearchCacheBudgetGBRatio";
  static final String BEAM_WIDTH = "BeamWidthRatio";
  static final String SEARCH_LIST = "search_list";

  static final int MAX_DEGREE_MAX = 512;
  static final int MAX_DEGREE_DEFAULT = 56;
  static final int SEARCH_LIST_SIZE_DEFAULT = 100;
  static final double RATIO_MAX = 0.25;
  static final double CODE_BUDGET_RATIO_DEFAULT = 0.125;
  static final double SEARCH_CACHE_RATIO_DEFAULT = 0.10;
  static final int BEAM_WIDTH_MAX = 64;
  static final int BEAM_WIDTH_DEFAULT = 4;

  DiskAnnParameters {
    IndexParameters.requireInRange(MAX_DEGREE, maximumDegree, 1, MAX_DEGREE_MAX);
    IndexParameters.requireInRange(SEARCH_LIST_SIZE, searchListSize, 1, Integer.MAX_VALUE);
    IndexParameters.requireInRange(BEAM_WIDTH, beamWidth, 1, BEAM_WIDTH_MAX);
    if (!(codeBudgetRatio > 0 && codeBudgetRatio <= RATIO_MAX)) {
      throw outOfRange(CODE_BUDGET_RATIO, codeBudgetRatio, "(0, " + RATIO_MAX + "]");
    }
    if (!(searchCacheRatio >= 0 && searchCacheRatio <= RATIO_MAX)) {
      throw outOfRange(SEARCH_CACHE_RATIO, searchCacheRatio, "[0, " + RATIO_MAX + "]");
    }
  }

  static DiskAnnParameters of(Map<String, String> parameters) {
    return new DiskAnnParameters(
        IndexParameters.integer(parameters, MAX_DEGREE, MAX_DEGREE_DEFAULT, 1, MAX_DEGREE_MAX),
        IndexParameters.integer(
            parameters, SEARCH_LIST_SIZE, SEARCH_LIST_SIZE_DEFAULT, 1, Integer.MAX_VALUE),
        ratio(parameters, CODE_BUDGET_RATIO, CODE_BUDGET_RATIO_DEFAULT),
        ratio(parameters, SEARCH_CACHE_RATIO, SEARCH_CACHE_RATIO_DEFAULT),
        IndexParameters.integer(parameters, BEAM_WIDTH, BEAM_WIDTH_DEFAULT, 1, BEAM_WIDTH_MAX));
  }

  Map<String, String> toMap() {
    return Map.of(
        MAX_DEGREE, Integer.toString(maximumDegree),
        SEARCH_LIST_SIZE, Integer.toString(searchListSize),
        CODE_BUDGET_RATIO, Double.toString(codeBudgetRatio),
        SEARCH_CACHE_RATIO, Double.toString(searchCacheRatio),
        BEAM_WIDTH, Integer.toString(beamWidth));
  }

  private static double ratio(Map<String, String> parameters, String name, double defaultValue) {
    String text = parameters.get(name);
    if (text == null) {
      return defaultValue;
    }
    try {
      return Double.parseDouble(text.strip());
    } catch (NumberFormatException e) {
      throw SagittaException.invalidParameter(
          String.format("Type conflict in json: param '%s' (%s) should be number", name, text));
    }
  }

  private static SagittaException outOfRange(String name, double value, String range) {
    return SagittaException.invalidParameter(
        String.format(
            "Out of range in json: param '%s' (%s) should be in range %s", name, value, range));
  }
}
