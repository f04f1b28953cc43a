package dev.sagitta.engine.index.hnsw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sagitta.engine.AllocatedBytes;
import dev.sagitta.engine.TestGroups;
import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.index.AbstractVectorIndexTypeTest;
import dev.sagitta.engine.index.BuildProgress;
import dev.sagitta.engine.index.ClusteredVectors;
import dev.sagitta.engine.index.IndexSearchParameters;
import dev.sagitta.engine.index.OffHeapVectors;
import dev.sagitta.engine.index.QueryVector;
import dev.sagitta.engine.index.TopRows;
import dev.sagitta.engine.index.VectorIndex;
import dev.sagitta.engine.index.VectorIndexType;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.storage.BlockFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TestHnswIndexType extends AbstractVectorIndexTypeTest {
  @Override
  protected VectorIndexType type() {
    return new HnswIndexType();
  }

  @Override
  protected Map<String, String> buildParameters() {
    return Map.of("M", "16", "efConstruction", "100");
  }

  /** With the default ef a segment as small as the contract's would be scanned, not walked. */
  @Override
  protected IndexSearchParameters searchParameters(int rowCount, int limit) {
    return ef(Integer.toString(Math.max(limit, 40)));
  }

  @Override
  protected double recallFloor() {
    return 0.9;
  }

  @Test
  void testBuildParameters() {
    assertThat(type().validateBuildParameters(Map.of(), 4))
        .containsExactlyInAnyOrderEntriesOf(Map.of("M", "30", "efConstruction", "360"));
    assertThat(type().validateBuildParameters(Map.of("M", "2048"), 4)).containsEntry("M", "2048");
    assertInvalid("M", "1", "Out of range in json: param 'M' (1) should be in range [2, 2048]");
    assertInvalid(
        "M", "2049", "Out of range in json: param 'M' (2049) should be in range [2, 2048]");
    assertInvalid("M", "many", "param 'M' (many) should be integer");
    assertInvalid("efConstruction", "0", "param 'efConstruction' (0) should be in range [1, ");
  }

  @Test
  void testSearchParameters() {
    type().validateSearchParameters(IndexSearchParameters.DEFAULT, 16384);
    type().validateSearchParameters(ef("10"), 10);
    assertThatThrownBy(() -> type().validateSearchParameters(ef("9"), 10))
        .isInstanceOf(SagittaException.class)
        .hasMessageContaining("Out of range in json: param 'ef' (9) should be in range [10, ");
  }

  @Test
  void testMoreCandidatesThanRowsCostNoMemory() throws IOException {
    OffHeapVectors vectors = new OffHeapVectors(arena, 10, new float[][] {{1}, {2}, {3}});
    Path target = directory.resolve("greedy");
    Map<String, String> greedy = Map.of("M", "2", "efConstruction", "2147483647");
    type().build(vectors, MetricType.L2, greedy, IDENTITY, BuildProgress.NONE, target);
    try (VectorIndex index = type().open(BlockFile.map(target, arena), vectors, IDENTITY)) {
      TopRows results = new TopRows(2, false);
      index.search(QueryVector.of(new float[] {3}), ef("2147483647"), Optional.empty(), results);
      results.sortBestFirst();
      assertThat(results.rowAt(0)).isEqualTo(2);
    }
  }

  /** A segment may be asked for more rows than the client wants, with the client's ef. */
  @Test
  void testSmallEfStillAnswersWhatIsWanted() throws IOException {
    float[][] rows = new ClusteredVectors(random, 6000, 4).draw(6000);
    try (VectorIndex index = buildAndOpen(MetricType.L2, rows)) {
      TopRows results = new TopRows(40, false);
      index.search(QueryVector.of(rows[5]), ef("20"), Optional.empty(), results);
      assertThat(results.size()).isEqualTo(40);
    }
  }

  /** Vectors that escape to the heap would cost kilobytes a distance; only compiled code counts. */
  @Tag(TestGroups.ALLOCATION)
  @Test
  void testSearchesHardlyAllocate() throws IOException {
    int searches = 200;
    long bytesMax = searches * 256L;
    float[][] rows = new ClusteredVectors(random, 6000, 16).draw(6000);
    try (VectorIndex index = buildAndOpen(MetricType.COSINE, rows)) {
      TopRows results = new TopRows(10, true);
      long allocated =
          AllocatedBytes.untilAtMost(
              bytesMax,
              () -> {
                for (int i = 0; i < searches; i++) {
                  index.search(
                      QueryVector.of(rows[i]),
                      IndexSearchParameters.DEFAULT,
                      Optional.empty(),
                      results);
                }
              });
      assertThat(allocated).as("bytes of %d searches", searches).isLessThanOrEqualTo(bytesMax);
    }
  }

  private void assertInvalid(String name, String value, String message) {
    assertThatThrownBy(() -> type().validateBuildParameters(Map.of(name, value), 4))
        .isInstanceOfSatisfying(
            SagittaException.class,
            e -> assertThat(e.errorCode()).isEqualTo(ErrorCode.INVALID_PARAMETER))
        .hasMessageContaining(message);
  }

  private static IndexSearchParameters ef(String ef) {
    return new IndexSearchParameters(
        Map.of("ef", ef), OptionalDouble.empty(), OptionalDouble.empty());
  }
}
