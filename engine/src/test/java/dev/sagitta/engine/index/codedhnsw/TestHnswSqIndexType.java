package dev.sagitta.engine.index.codedhnsw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.index.AbstractVectorIndexTypeTest;
import dev.sagitta.engine.index.VectorIndexType;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TestHnswSqIndexType extends AbstractVectorIndexTypeTest {
  @Override
  protected VectorIndexType type() {
    return CodedHnswIndexType.scalar();
  }

  @Override
  protected Map<String, String> buildParameters() {
    return Map.of("M", "16", "efConstruction", "100", "refine", "true");
  }

  @Override
  protected double recallFloor() {
    return 0.92;
  }

  @Test
  void testBuildParameters() {
    assertThat(type().validateBuildParameters(Map.of(), 8))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("M", "30", "efConstruction", "360", "sq_type", "SQ8", "refine", "false"));
    assertThat(CodedHnswIndexType.product().validateBuildParameters(Map.of(), 8))
        .containsEntry("m", "2")
        .containsEntry("nbits", "8");
    assertThat(CodedHnswIndexType.productResidual().validateBuildParameters(Map.of(), 8))
        .containsEntry("nrq", "2");
    assertThatThrownBy(() -> type().validateBuildParameters(Map.of("sq_type", "SQ5"), 8))
        .isInstanceOf(SagittaException.class)
        .hasMessageContaining("param 'sq_type' (SQ5) should be one of");
    assertThatThrownBy(() -> type().validateBuildParameters(Map.of("refine_type", "PQ"), 8))
        .isInstanceOf(SagittaException.class)
        .hasMessageContaining("refine_type");
  }
}
