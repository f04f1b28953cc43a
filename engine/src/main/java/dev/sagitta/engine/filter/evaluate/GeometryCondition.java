package dev.sagitta.engine.filter.evaluate;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.column.ColumnSource;
import dev.sagitta.engine.column.GeometryColumn;
import dev.sagitta.engine.filter.geometry.GeometryTest;
import dev.sagitta.engine.scalarindex.ScalarTest;
import java.util.Optional;

/** A test of a Geometry field. */
public record GeometryCondition(long fieldId, GeometryTest test) implements Condition {
  public GeometryCondition {
    requireNonNull(test, "test is null");
  }

  @Override
  public Matcher open(ColumnSource columns) {
    GeometryColumn column = (GeometryColumn) columns.column(fieldId);
    GeometryTest.Matcher matcher = test.open();
    return Condition.rowByRow(row -> matcher.matches(column.wkbAt(row)));
  }

  @Override
  public Optional<IndexableTest> indexableTest() {
    return Optional.of(IndexableTest.same(fieldId, new ScalarTest.Geometries(test)));
  }

  @Override
  public int cost() {
    return 500;
  }
}
