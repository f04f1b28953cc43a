package dev.sagitta.engine.index.ivf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.index.AbstractVectorIndexTypeTest;
import dev.sagitta.engine.index.ClusteredVectors;
import dev.sagitta.engine.index.IndexSearchParameters;
import dev.sagitta.engine.index.QueryVector;
import dev.sagitta.engine.index.TopRows;
import dev.sagitta.engine.index.VectorIndex;
import dev.sagitta.engine.index.VectorIndexType;
import dev.sagitta.engine.schema.MetricType;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TestIvfFlatIndexType extends AbstractVectorIndexTypeTest {
  @Override
  protected VectorIndexType type() {
    return new IvfIndexType(new FlatFamily());
  }

  @Override
  protected Map<String, String> buildParameters() {
    return Map.of("nlist", "64");
  }

  @Override
  protected double recallFloor() {
    return 0.9;
  }

  @Override
  protected IndexSearchParameters searchParameters(int rowCount, int limit) {
    return IvfParametersForTests.search("nprobe", 20);
  }

  @Test
  void testBuildParameters() {
    assertThat(type().validateBuildParameters(Map.of(), 4))
        .containsExactlyInAnyOrderEntriesOf(Map.of("nlist", "128"));
    assertThat(type().validateBuildParameters(Map.of("nlist", "65536"), 4))
        .containsEntry("nlist", "65536");
    assertInvalid("0", "Out of range in json: param 'nlist' (0) should be in range [1, 65536]");
    assertInvalid(
        "65537", "Out of range in json: param 'nlist' (65537) should be in range [1, 65536]");
    assertInvalid("many", "param 'nlist' (many) should be integer");
  }

  @Test
  void testSearchParameters() {
    type().validateSearchParameters(IndexSearchParameters.DEFAULT, 16384);
    type().validateSearchParameters(IvfParametersForTests.search("nprobe", 65536), 10);
    assertThatThrownBy(
            () -> type().validateSearchParameters(IvfParametersForTests.search("nprobe", 0), 10))
        .isInstanceOf(SagittaException.class)
        .hasMessageContaining(
            "Out of range in json: param 'nprobe' (0) should be in range [1, 65536]");
  }

  /** One list holds fewer rows than wanted, so the search goes on. */
  @Test
  void testMoreWantedThanTheProbedListsHold() throws IOException {
    float[][] rows = new ClusteredVectors(random, 4000, 8).draw(4000);
    try (VectorIndex index = buildAndOpen(MetricType.L2, rows)) {
      TopRows results = new TopRows(2000, false);
      index.search(
          QueryVector.of(rows[0]),
          IvfParametersForTests.search("nprobe", 1),
          Optional.empty(),
          results);
      assertThat(results.size()).isEqualTo(2000);
    }
  }

  /** All lists together hold everything, whatever the number of lists. */
  @Test
  void testAllListsAreExact() throws IOException {
    float[][] rows = new ClusteredVectors(random, 5000, 13).draw(5000);
    for (MetricType metric : new MetricType[] {MetricType.L2, MetricType.IP, MetricType.COSINE}) {
      try (VectorIndex index = buildAndOpen(metric, rows)) {
        TopRows one = new TopRows(50, metric.largerIsNearer());
        TopRows other = new TopRows(50, metric.largerIsNearer());
        index.search(
            QueryVector.of(rows[7]),
            IvfParametersForTests.search("nprobe", 64),
            Optional.empty(),
            one);
        index.search(
            QueryVector.of(rows[7]),
            IvfParametersForTests.search("nprobe", 65536),
            Optional.empty(),
            other);
        one.sortBestFirst();
        other.sortBestFirst();
        for (int i = 0; i < 50; i++) {
          assertThat(one.rowAt(i)).as("metric=%s seed=%d", metric, seed).isEqualTo(other.rowAt(i));
        }
      }
    }
  }

  private void assertInvalid(String value, String message) {
    assertThatThrownBy(() -> type().validateBuildParameters(Map.of("nlist", value), 4))
        .isInstanceOfSatisfying(
            SagittaException.class,
            e -> assertThat(e.errorCode()).isEqualTo(ErrorCode.INVALID_PARAMETER))
        .hasMessageContaining(message);
  }
}
