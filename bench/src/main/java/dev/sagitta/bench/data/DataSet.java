package dev.sagitta.bench.data;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.schema.MetricType;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Vectors to index and queries to answer. The first half of the queries is there to choose
 * parameters, the second half to report on.
 *
 * @param name short name, for tables and file names
 * @param baseFile .fvecs of the rows to index
 * @param queryFile .fvecs of the queries
 * @param metric what "near" means: L2 or COSINE
 * @param rows how many rows of the base file are used
 * @param dimension floats per vector
 * @param queryCount how many queries are used, an even number
 * @param cache folder for what is computed once about this data
 */
public record DataSet(
    String name,
    Path baseFile,
    Path queryFile,
    MetricType metric,
    int rows,
    int dimension,
    int queryCount,
    Path cache) {
  public DataSet {
    requireNonNull(name, "name is null");
    requireNonNull(baseFile, "baseFile is null");
    requireNonNull(queryFile, "queryFile is null");
    requireNonNull(metric, "metric is null");
    requireNonNull(cache, "cache is null");
    if (rows < 1 || dimension < 1 || queryCount < 2 || queryCount % 2 != 0) {
      throw new IllegalArgumentException(
          "data set is too small or queries are odd: rows="
              + rows
              + " dimension="
              + dimension
              + " queryCount="
              + queryCount);
    }
  }

  public float[][] base() throws IOException {
    return VectorFile.floats(baseFile, rows);
  }

  public float[][] queries() throws IOException {
    return VectorFile.floats(queryFile, queryCount);
  }

  /** Bytes of one raw vector. */
  public long rawBytes() {
    return 4L * dimension;
  }

  public QueryRange tuning() {
    return new QueryRange(0, queryCount / 2);
  }

  public QueryRange reporting() {
    return new QueryRange(queryCount / 2, queryCount);
  }
}
