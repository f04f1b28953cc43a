package dev.sagitta.engine.index.ivf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sagitta.engine.index.IndexSearchParameters;
import dev.sagitta.engine.index.TestSpace;
import dev.sagitta.engine.index.VectorIndexType;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TestIvfPqIndexType extends AbstractIvfCodeTest {
  @Override
  protected VectorIndexType type() {
    return new IvfIndexType(CodeFamily.pq());
  }

  @Override
  protected Map<String, String> buildParameters() {
    return Map.of("nlist", "32", "m", "1");
  }

  @Override
  protected Map<String, String> buildParameters(int dimension) {
    int m = dimension % 2 == 0 && dimension > 100 ? dimension / 2 : dimension;
    return Map.of("nlist", "32", "m", Integer.toString(m), "nbits", "8");
  }

  @Override
  protected double recallFloor() {
    return 0.88;
  }

  @Override
  protected double scoreError(TestSpace space, float[][] rows, float[] query, double score) {
    return 0.7 * (1 + Math.abs(score));
  }

  @Override
  protected IndexSearchParameters searchParameters(int rowCount, int limit) {
    return IvfParametersForTests.search("nprobe", 24);
  }

  @Test
  void testBuildParameters() {
    assertThat(type().validateBuildParameters(Map.of("m", "4"), 8))
        .containsExactlyInAnyOrderEntriesOf(Map.of("nlist", "128", "m", "4", "nbits", "8"));
    assertThatThrownBy(() -> type().validateBuildParameters(Map.of(), 8))
        .hasMessageContaining("param 'm' not exist in json");
    assertThatThrownBy(() -> type().validateBuildParameters(Map.of("m", "3"), 8))
        .hasMessageContaining("should be a multiple of the number of subquantizers (m)");
    assertThatThrownBy(() -> type().validateBuildParameters(Map.of("m", "4", "nbits", "25"), 8))
        .hasMessageContaining(
            "Out of range in json: param 'nbits' (25) should be in range [1, 24]");
  }
}
