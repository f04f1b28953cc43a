package dev.sagitta.engine.index.ivf;

import dev.sagitta.engine.index.AbstractVectorIndexTypeTest;
import dev.sagitta.engine.index.TestSpace;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.MetricType;
import java.util.stream.Stream;

/** Inverted files of codes: the types of vectors meet in the same floats, one of each is enough. */
abstract class AbstractIvfCodeTest extends AbstractVectorIndexTypeTest {
  @Override
  protected Stream<TestSpace> spaces() {
    return Stream.of(
        new TestSpace(DataType.FLOAT_VECTOR, MetricType.L2),
        new TestSpace(DataType.FLOAT_VECTOR, MetricType.IP),
        new TestSpace(DataType.FLOAT_VECTOR, MetricType.COSINE),
        new TestSpace(DataType.BFLOAT16_VECTOR, MetricType.L2));
  }
}
