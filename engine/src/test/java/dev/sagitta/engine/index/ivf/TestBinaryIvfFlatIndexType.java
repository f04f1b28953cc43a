package dev.sagitta.engine.index.ivf;

import dev.sagitta.engine.index.AbstractVectorIndexTypeTest;
import dev.sagitta.engine.index.IndexSearchParameters;
import dev.sagitta.engine.index.VectorIndexType;
import java.util.Map;

class TestBinaryIvfFlatIndexType extends AbstractVectorIndexTypeTest {
  @Override
  protected VectorIndexType type() {
    return new IvfIndexType(new BinaryFlatFamily());
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
    return IvfParametersForTests.search("nprobe", 24);
  }
}
