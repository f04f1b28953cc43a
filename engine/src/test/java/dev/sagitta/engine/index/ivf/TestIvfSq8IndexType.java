package dev.sagitta.engine.index.ivf;

import dev.sagitta.engine.index.IndexSearchParameters;
import dev.sagitta.engine.index.TestSpace;
import dev.sagitta.engine.index.VectorIndexType;
import java.util.Map;

class TestIvfSq8IndexType extends AbstractIvfCodeTest {
  @Override
  protected VectorIndexType type() {
    return new IvfIndexType(CodeFamily.sq8());
  }

  @Override
  protected Map<String, String> buildParameters() {
    return Map.of("nlist", "64");
  }

  @Override
  protected double recallFloor() {
    return 0.93;
  }

  @Override
  protected double scoreError(TestSpace space) {
    return 0.03;
  }

  @Override
  protected IndexSearchParameters searchParameters(int rowCount, int limit) {
    return IvfParametersForTests.search("nprobe", 48);
  }
}
