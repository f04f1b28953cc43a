package dev.sagitta.engine.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.column.ColumnBatch;
import dev.sagitta.engine.column.RandomBatches;
import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

/** {@code is null} on vector fields of every type. */
class TestNullVectorFilters {
  private final long seed = Long.getLong("sagitta.test.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final CollectionSchema schema = schema();
  private final ColumnBatch rows = RandomBatches.batch(random, schema.fields(), 500);

  private static CollectionSchema schema() {
    CollectionSchema others = RandomBatches.schema(DataType.INT64, 3);
    List<FieldSchema> fields = new ArrayList<>(others.fields());
    fields.add(
        FieldSchema.of(900, "floats", DataType.FLOAT_VECTOR)
            .asNullable()
            .withParameters(Map.of("dim", "3")));
    return others.withFields(fields);
  }

  @Test
  void findsRowsWithAndWithoutVectors() {
    List<FieldSchema> fields =
        schema.vectorFields().stream()
            .filter(field -> field.nullable() && !field.type().hasElements())
            .toList();
    assertThat(fields).extracting(FieldSchema::type).doesNotHaveDuplicates().hasSize(6);
    FieldSchema first = fields.getFirst();
    for (FieldSchema field : fields) {
      IntPredicate isNull = row -> rows.column(field.id()).isNull(row);
      IntPredicate firstIsNull = row -> rows.column(first.id()).isNull(row);
      String name = field.name();
      expect(name + " is null", isNull);
      expect(name + " IS NOT NULL", isNull.negate());
      expect("not (" + name + " is not null)", isNull);
      expect(name + " is null or " + first.name() + " is null", isNull.or(firstIsNull));
      expect(
          "not (" + name + " is null or " + first.name() + " is null)",
          isNull.or(firstIsNull).negate());
    }
  }

  private void expect(String expression, IntPredicate expected) {
    RowBitmap found = FilterCompiler.compile(expression, Map.of(), schema).evaluate(rows);
    for (int row = 0; row < rows.rowCount(); row++) {
      assertThat(found.contains(row))
          .as("%s row=%d seed=%d", expression, row, seed)
          .isEqualTo(expected.test(row));
    }
  }

  @Test
  void refusesWhatCannotBeNull() {
    FieldSchema required =
        schema.vectorFields().stream().filter(field -> !field.nullable()).findFirst().orElseThrow();
    assertThatThrownBy(() -> FilterCompiler.compile(required.name() + " is null", Map.of(), schema))
        .isInstanceOf(FilterException.class)
        .hasMessageContaining("IsNull/IsNotNull operations are not supported on vector fields");
  }
}
