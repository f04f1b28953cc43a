package dev.sagitta.engine.index.flat;

import dev.sagitta.engine.index.AbstractVectorIndexTypeTest;
import dev.sagitta.engine.index.VectorIndexType;
import java.util.Map;

class TestFlatIndexType extends AbstractVectorIndexTypeTest {
  @Override
  protected VectorIndexType type() {
    return FlatIndexType.dense();
  }

  @Override
  protected Map<String, String> buildParameters() {
    return Map.of();
  }

  @Override
  protected double recallFloor() {
    return 1;
  }

  /** The scores of one run of rows, once a search. */
  @Override
  protected int searchBytesMax() {
    return 1024;
  }
}
