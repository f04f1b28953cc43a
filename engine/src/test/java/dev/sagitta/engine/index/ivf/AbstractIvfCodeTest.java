package dev.sagitta.engine.index.ivf;

import dev.sagitta.engine.index.AbstractVectorIndexTypeTest;
import dev.sagitta.engine.index.TestSpace;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.MetricType;
import java.util.stream.Stream;

/** Inverted files of codes: the types of vectors meet in the same floats, one of each is enough. */
abstract class AbstractIvfCodeTest extends AbstractVectorIndexTypeTest {
  /** The nearest ten of a shell of almost equal distances, as far filters leave it, are chance. */
  @Override
  protected double singleQueryTolerance() {
    return 0.6;
  }

  @Override
  protected Stream<TestSpace> spaces() {
    return Stream.of(
        new TestSpace(DataType.FLOAT_VECTOR, MetricType.L2),
        new TestSpace(DataType.FLOAT_VECTOR, MetricType.IP),
        new TestSpace(DataType.FLOAT_VECTOR, MetricType.COSINE),
        new TestSpace(DataType.BFLOAT16_VECTOR, MetricType.L2));
  }
}
