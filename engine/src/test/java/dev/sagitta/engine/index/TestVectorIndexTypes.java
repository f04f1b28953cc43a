package dev.sagitta.engine.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.MetricType;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TestVectorIndexTypes {
  @Test
  void testFindsByName() {
    assertThat(VectorIndexTypes.names())
        .contains("FLAT", "BIN_FLAT", "HNSW", "DISKANN", "SPARSE_INVERTED_INDEX", "SPARSE_WAND");
    for (String name : VectorIndexTypes.names()) {
      assertThat(VectorIndexTypes.get(name).name()).isEqualTo(name);
    }
    assertThatThrownBy(() -> VectorIndexTypes.get("HNWS"))
        .isInstanceOf(SagittaException.class)
        .hasMessageContaining("invalid index type: HNWS");
  }

  @Test
  void testAutoIndexIsHnsw() {
    VectorIndexTypes.Resolved resolved = resolve("AUTOINDEX", MetricType.COSINE, Map.of());
    assertThat(resolved.type().name()).isEqualTo("HNSW");
    assertThat(resolved.parameters())
        .containsExactlyInAnyOrderEntriesOf(Map.of("M", "18", "efConstruction", "240"));
    assertThatThrownBy(() -> resolve("AUTOINDEX", MetricType.COSINE, Map.of("M", "8")))
        .isInstanceOf(SagittaException.class)
        .hasMessageContaining("only metric type can be passed when use AutoIndex");
  }

  @Test
  void testRefusesWhatDoesNotFit() {
    assertThatThrownBy(() -> resolve("HNSW", MetricType.JACCARD, Map.of()))
        .isInstanceOf(SagittaException.class)
        .hasMessageContaining("index HNSW does not support field type FLOAT_VECTOR with metric");
    assertThatThrownBy(() -> resolve("HNSW", MetricType.L2, Map.of("M", "1")))
        .isInstanceOf(SagittaException.class)
        .hasMessageContaining("param 'M' (1)");
  }

  private static VectorIndexTypes.Resolved resolve(
      String name, MetricType metric, Map<String, String> parameters) {
    return VectorIndexTypes.resolve(name, DataType.FLOAT_VECTOR, metric, 16, parameters);
  }
}
