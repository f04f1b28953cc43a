package dev.sagitta.engine.index.hnsw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.index.AbstractVectorIndexTypeTest;
import dev.sagitta.engine.index.IndexSearchParameters;
import dev.sagitta.engine.index.VectorIndexType;
import java.util.Map;
import java.util.OptionalDouble;
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
