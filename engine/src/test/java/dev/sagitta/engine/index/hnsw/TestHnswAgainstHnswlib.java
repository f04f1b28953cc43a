package dev.sagitta.engine.index.hnsw;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.jelmerk.hnswlib.core.DistanceFunctions;
import com.github.jelmerk.hnswlib.core.Item;
import dev.sagitta.engine.index.BuildProgress;
import dev.sagitta.engine.index.ClusteredVectors;
import dev.sagitta.engine.index.IndexFileIdentity;
import dev.sagitta.engine.index.IndexSearchParameters;
import dev.sagitta.engine.index.OffHeapVectors;
import dev.sagitta.engine.index.QueryVector;
import dev.sagitta.engine.index.ReferenceSearch;
import dev.sagitta.engine.index.TopRows;
import dev.sagitta.engine.index.VectorIndex;
import dev.sagitta.engine.index.VectorIndexType;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.storage.BlockFile;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With equal parameters our graph finds as much as that of another implementation of the paper. */
class TestHnswAgainstHnswlib {
  private static final int ROWS = 6000;
  private static final int DIMENSION = 32;
  private static final int M = 8;
  private static final int EF_CONSTRUCTION = 60;
  private static final int EF = 30;
  private static final int TOP_K = 10;

  record Row(Integer id, float[] vector) implements Item<Integer, float[]> {
    private static final long serialVersionUID = 1L;

    @Override
    public int dimensions() {
      return vector.length;
    }
  }

  @TempDir private Path directory;

  @Test
  void testRecallIsNotLower() throws IOException {
    long seed = System.nanoTime();
    ClusteredVectors source = new ClusteredVectors(new Random(seed), ROWS, DIMENSION);
    float[][] rows = source.draw(ROWS);
    float[][] queries = source.draw(200);
    var peer =
        com.github.jelmerk.hnswlib.core.hnsw.HnswIndex.newBuilder(
                DIMENSION, DistanceFunctions.FLOAT_EUCLIDEAN_DISTANCE, ROWS)
            .withM(M)
            .withEfConstruction(EF_CONSTRUCTION)
            .withEf(EF)
            .<Integer, Row>build();
    for (int row = 0; row < ROWS; row++) {
      peer.add(new Row(row, rows[row]));
    }
    int oursFound = 0;
    int peerFound = 0;
    Map<String, String> parameters =
        Map.of("M", Integer.toString(M), "efConstruction", Integer.toString(EF_CONSTRUCTION));
    IndexFileIdentity identity = new IndexFileIdentity(1, 2, 3, 4);
    IndexSearchParameters search =
        new IndexSearchParameters(
            Map.of("ef", Integer.toString(EF)), OptionalDouble.empty(), OptionalDouble.empty());
    Path file = directory.resolve("index");
    VectorIndexType type = new HnswIndexType();
    try (Arena arena = Arena.ofShared()) {
      OffHeapVectors vectors = new OffHeapVectors(arena, ROWS, rows);
      type.build(vectors, MetricType.L2, parameters, identity, BuildProgress.NONE, file);
      VectorIndex index = type.open(BlockFile.map(file, arena), vectors, identity);
      for (float[] query : queries) {
        Set<Integer> expected =
            new HashSet<>(ReferenceSearch.nearest(MetricType.L2, rows, query, TOP_K, row -> true));
        TopRows results = new TopRows(TOP_K, false);
        index.search(QueryVector.of(query), search, Optional.empty(), results);
        for (int i = 0; i < results.size(); i++) {
          oursFound += expected.contains(results.rowAt(i)) ? 1 : 0;
        }
        List<com.github.jelmerk.hnswlib.core.SearchResult<Row, Float>> theirs =
            peer.findNearest(query, TOP_K);
        for (var result : theirs) {
          peerFound += expected.contains(result.item().id()) ? 1 : 0;
        }
      }
    }
    double wanted = TOP_K * queries.length;
    assertThat(oursFound / wanted)
        .as("recall of ours, seed=%d", seed)
        .isGreaterThan(peerFound / wanted - 0.02);
  }
}
