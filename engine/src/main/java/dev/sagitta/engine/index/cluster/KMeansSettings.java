package dev.sagitta.engine.index.cluster;

import dev.sagitta.engine.index.IndexParameters;

/**
 * What a clustering should be like.
 *
 * @param clusterCount clusters wanted, at most 65,536; fewer points make fewer clusters
 * @param spherical whether points belong to the centroid of largest inner product and centroids
 *     have unit length, as IP and cosine need it, instead of to the nearest centroid
 * @param iterations the most rounds of assigning and averaging; fewer are made if they change
 *     little
 * @param seed equal seeds, points and settings make equal centroids with any number of threads
 */
public record KMeansSettings(int clusterCount, boolean spherical, int iterations, long seed) {
  public static final int CLUSTERS_MAX = 65_536;

  public KMeansSettings {
    IndexParameters.requireInRange("clusterCount", clusterCount, 1, CLUSTERS_MAX);
    IndexParameters.requireInRange("iterations", iterations, 1, 1000);
  }

  KMeansSettings withClusterCount(int count) {
    return new KMeansSettings(count, spherical, iterations, seed);
  }

  KMeansSettings withSeed(long other) {
    return new KMeansSettings(clusterCount, spherical, iterations, other);
  }
}
