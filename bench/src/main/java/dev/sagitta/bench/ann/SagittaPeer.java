package dev.sagitta.bench.ann;

import dev.sagitta.engine.index.BuildProgress;
import dev.sagitta.engine.index.IndexFileIdentity;
import dev.sagitta.engine.index.IndexSearchParameters;
import dev.sagitta.engine.index.QueryVector;
import dev.sagitta.engine.index.TopRows;
import dev.sagitta.engine.index.VectorIndex;
import dev.sagitta.engine.index.VectorIndexType;
import dev.sagitta.engine.index.VectorIndexTypes;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.storage.BlockFile;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Our HNSW, built to a file and searched in the file's memory map, as a server does it. */
final class SagittaPeer implements Peer {
  private static final int TOP_K = 10;

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final Arena arena = Arena.ofShared();
  private final float[][] queries;
  private final int[][] neighbors;
  private final VectorIndex index;
  private final double buildSeconds;

  SagittaPeer(
      float[][] base,
      float[][] queries,
      int[][] neighbors,
      Path directory,
      int m,
      int efConstruction)
      throws IOException {
    this.queries = queries;
    this.neighbors = neighbors;
    VectorIndexType type = VectorIndexTypes.get("HNSW");
    IndexFileIdentity identity = new IndexFileIdentity(1, 1, 1, 1);
    Path file = directory.resolve("sagitta.hnsw");
    BenchVectors vectors = new BenchVectors(base, arena);
    Map<String, String> parameters =
        Map.of("M", Integer.toString(m), "efConstruction", Integer.toString(efConstruction));
    long start = threads.getCurrentThreadCpuTime();
    type.build(vectors, MetricType.COSINE, parameters, identity, BuildProgress.NONE, file);
    this.buildSeconds = (threads.getCurrentThreadCpuTime() - start) / 1e9;
    this.index = type.open(BlockFile.map(file, arena), vectors, identity);
  }

  @Override
  public String name() {
    return "Sagitta";
  }

  @Override
  public double buildSeconds() {
    return buildSeconds;
  }

  @Override
  public Round search(int ef) {
    IndexSearchParameters parameters =
        new IndexSearchParameters(
            Map.of("ef", Integer.toString(ef)), OptionalDouble.empty(), OptionalDouble.empty());
    long found = 0;
    long start = threads.getCurrentThreadCpuTime();
    for (int query = 0; query < queries.length; query++) {
      TopRows results = new TopRows(TOP_K, true);
      index.search(QueryVector.of(queries[query]), parameters, Optional.empty(), results);
      results.sortBestFirst();
      for (int i = 0; i < results.size(); i++) {
        for (int j = 0; j < TOP_K; j++) {
          found += neighbors[query][j] == results.rowAt(i) ? 1 : 0;
        }
      }
    }
    double seconds = (threads.getCurrentThreadCpuTime() - start) / 1e9;
    return new Round((double) found / (TOP_K * queries.length), seconds);
  }

  @Override
  public void close() {
    index.close();
    arena.close();
  }
}
