package dev.sagitta.engine.index.hnsw;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.jelmerk.hnswlib.core.DistanceFunctions;
import com.github.jelmerk.hnswlib.core.Item;
import dev.sagitta.engine.index.BuildProgress;
import dev.sagitta.engine.index.ClusteredVectors;
import dev.sagitta.engine.index.IndexSearchParameters;
import dev.sagitta.engine.index.OffHeapVectors;
import dev.sagitta.engine.index.ReferenceSearch;
import dev.sagitta.engine.index.ScoreRange;
import dev.sagitta.engine.index.TopRows;
import dev.sagitta.engine.schema.MetricType;
import java.lang.foreign.Arena;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

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

  @Test
  void testRecallIsNotLower() {
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
    try (Arena arena = Arena.ofShared()) {
      BuiltGraph built =
          GraphBuilder.build(
              arena,
              new OffHeapVectors(arena, ROWS, rows),
              MetricType.L2,
              new HnswParameters(M, EF_CONSTRUCTION),
              BuildProgress.NONE);
      GraphSearch search = new GraphSearch(built.graph());
      ScoreRange range = ScoreRange.of(IndexSearchParameters.DEFAULT, MetricType.L2);
      for (float[] query : queries) {
        Set<Integer> expected =
            new HashSet<>(ReferenceSearch.nearest(MetricType.L2, rows, query, TOP_K, row -> true));
        TopRows results = new TopRows(TOP_K, false);
        search.search(query, 0, EF, ROWS, new OfferedNodes(ROWS, Optional.empty(), range), results);
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
