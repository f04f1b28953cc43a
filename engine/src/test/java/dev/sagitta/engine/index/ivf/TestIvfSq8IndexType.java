package dev.sagitta.engine.index.ivf;

import dev.sagitta.engine.index.IndexSearchParameters;
import dev.sagitta.engine.index.ScalarCodeErrors;
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
  protected double scoreError(TestSpace space, float[][] rows, float[] query, double score) {
    return super.scoreError(space, rows, query, score)
        + ScalarCodeErrors.ofBytes(space.metric(), rows, query);
  }

  @Override
  protected IndexSearchParameters searchParameters(int rowCount, int limit) {
    return IvfParametersForTests.search("nprobe", 48);
  }
}
