package dev.sagitta.engine.index;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.OptionalDouble;

/**
 * Parameters of one search, as given by the client and validated by the index type.
 *
 * @param values index parameters by Milvus's names (ef, nprobe...), as text
 * @param radius outer bound of a range search, in the metric's public form
 * @param rangeFilter inner bound of a range search
 */
public record IndexSearchParameters(
    Map<String, String> values, OptionalDouble radius, OptionalDouble rangeFilter) {
  public static final IndexSearchParameters DEFAULT =
      new IndexSearchParameters(Map.of(), OptionalDouble.empty(), OptionalDouble.empty());

  public IndexSearchParameters {
    values = Map.copyOf(requireNonNull(values, "values is null"));
    requireNonNull(radius, "radius is null");
    requireNonNull(rangeFilter, "rangeFilter is null");
  }
}
