package dev.sagitta.engine.filter.evaluate;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.column.ColumnSource;
import dev.sagitta.engine.column.JsonColumn;
import dev.sagitta.engine.filter.json.JsonPath;
import dev.sagitta.engine.filter.json.JsonTest;
import dev.sagitta.engine.filter.json.JsonValue;
import dev.sagitta.engine.scalarindex.ScalarTest;
import java.util.Optional;

/** A test of the value at a path of a JSON field. Null rows and missing values never match. */
public record JsonCondition(long fieldId, JsonPath path, JsonTest test) implements Condition {
  public JsonCondition {
    requireNonNull(path, "path is null");
    requireNonNull(test, "test is null");
  }

  @Override
  public Matcher open(ColumnSource columns) {
    JsonReader reader = new JsonReader((JsonColumn) columns.column(fieldId), path);
    return Condition.rowByRow(
        row -> {
          JsonValue value = reader.valueAt(row);
          return value != null && test.matches(value);
        });
  }

  @Override
  public Optional<IndexableTest> indexableTest() {
    return Optional.of(IndexableTest.same(fieldId, new ScalarTest.Json(path, test)));
  }

  @Override
  public int cost() {
    return 100;
  }
}
