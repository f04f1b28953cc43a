package dev.sagitta.engine.index.sparse;

import dev.sagitta.engine.index.AbstractVectorIndexTypeTest;
import dev.sagitta.engine.index.TestSpace;
import dev.sagitta.engine.index.VectorIndexType;
import java.util.Map;

class TestSparseWandContract extends AbstractVectorIndexTypeTest {
  @Override
  protected VectorIndexType type() {
    return SparseIndexType.wand();
  }

  @Override
  protected Map<String, String> buildParameters() {
    return Map.of("inverted_index_algo", "DAAT_WAND");
  }

  @Override
  protected double recallFloor() {
    return 1;
  }

  @Override
  protected double scoreError(TestSpace space, float[][] rows, float[] query, double score) {
    return 1e-6 * (1 + Math.abs(score));
  }

  @Override
  protected int searchBytesMax() {
    return 0;
  }
}
