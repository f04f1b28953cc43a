package dev.sagitta.engine.index.ivf;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.column.PackedVectorColumn;
import dev.sagitta.engine.index.cluster.Centroids;
import dev.sagitta.engine.schema.MetricType;
import java.util.Map;

/**
 * What a family learns the form of its rows from.
 *
 * @param parameters the build parameters, complete
 * @param space where the centroids lie
 * @param centroids of the lists
 * @param sample some of the vectors, as they are in that space
 * @param seed of everything random
 */
record IvfInput(
    PackedVectorColumn vectors,
    MetricType metric,
    Map<String, String> parameters,
    CoarseSpace space,
    Centroids centroids,
    CoarseSample sample,
    long seed) {
  IvfInput {
    requireNonNull(vectors, "vectors is null");
    requireNonNull(metric, "metric is null");
    requireNonNull(parameters, "parameters is null");
    requireNonNull(space, "space is null");
    requireNonNull(centroids, "centroids is null");
    requireNonNull(sample, "sample is null");
  }
}
