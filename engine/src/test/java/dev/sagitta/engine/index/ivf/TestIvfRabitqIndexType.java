package dev.sagitta.engine.index.ivf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sagitta.engine.index.IndexSearchParameters;
import dev.sagitta.engine.index.ScalarCodeErrors;
import dev.sagitta.engine.index.TestSpace;
import dev.sagitta.engine.index.VectorIndexType;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TestIvfRabitqIndexType extends AbstractIvfCodeTest {
  @Override
  protected VectorIndexType type() {
    return new IvfIndexType(CodeFamily.rabitq());
  }

  @Override
  protected Map<String, String> buildParameters() {
    return Map.of("nlist", "64", "refine", "true", "refine_type", "SQ8");
  }

  @Override
  protected double recallFloor() {
    return 0.92;
  }

  @Override
  protected double scoreError(TestSpace space, float[][] rows, float[] query, double score) {
    return super.scoreError(space, rows, query, score)
        + ScalarCodeErrors.ofBytes(space.metric(), rows, query);
  }

  @Override
  protected IndexSearchParameters searchParameters(int rowCount, int limit) {
    return IvfParametersForTests.search("nprobe", 48, "refine_k", 40);
  }

  @Test
  void testBuildParameters() {
    assertThat(type().validateBuildParameters(Map.of(), 8))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("nlist", "128", "refine", "false", "refine_type", "SQ8"));
    assertThatThrownBy(() -> type().validateBuildParameters(Map.of("refine", "perhaps"), 8))
        .hasMessageContaining("param 'refine' (perhaps) should be a boolean");
    assertThatThrownBy(() -> type().validateBuildParameters(Map.of("refine_type", "PQ"), 8))
        .hasMessageContaining("'refine_type' (PQ) should be one of");
  }

  @Test
  void testSearchParameters() {
    type()
        .validateSearchParameters(
            IvfParametersForTests.search("rbq_query_bits", 8, "refine_k", "1.5"), 10);
    assertThatThrownBy(
            () ->
                type()
                    .validateSearchParameters(
                        IvfParametersForTests.search("rbq_query_bits", 9), 10))
        .hasMessageContaining("param 'rbq_query_bits' (9) should be in range [0, 8]");
    assertThatThrownBy(
            () ->
                type().validateSearchParameters(IvfParametersForTests.search("refine_k", 0.5), 10))
        .hasMessageContaining("param 'refine_k' (0.5) should be in range [1, ");
  }
}
