package dev.sagitta.engine.index.ivf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sagitta.engine.index.IndexSearchParameters;
import dev.sagitta.engine.index.VectorIndexType;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TestScannIndexType extends AbstractIvfCodeTest {
  @Override
  protected VectorIndexType type() {
    return new IvfIndexType(new ScannFamily());
  }

  @Override
  protected Map<String, String> buildParameters() {
    return Map.of("nlist", "64");
  }

  @Override
  protected double recallFloor() {
    return 0.94;
  }

  @Override
  protected IndexSearchParameters searchParameters(int rowCount, int limit) {
    return IvfParametersForTests.search("nprobe", 48, "reorder_k", Math.max(limit, 150));
  }

  @Test
  void testBuildParameters() {
    assertThat(type().validateBuildParameters(Map.of(), 8))
        .containsExactlyInAnyOrderEntriesOf(Map.of("nlist", "128", "with_raw_data", "true"));
    assertThatThrownBy(() -> type().validateBuildParameters(Map.of("with_raw_data", "1"), 8))
        .hasMessageContaining("param 'with_raw_data' (1) should be a boolean");
  }

  @Test
  void testSearchParameters() {
    type().validateSearchParameters(IvfParametersForTests.search("reorder_k", 10), 10);
    assertThatThrownBy(
            () -> type().validateSearchParameters(IvfParametersForTests.search("reorder_k", 9), 10))
        .hasMessageContaining("param 'reorder_k' (9) should be in range [10, ");
  }
}
