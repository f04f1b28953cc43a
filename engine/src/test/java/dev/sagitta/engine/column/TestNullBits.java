package dev.sagitta.engine.column;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Nulls of up to 64 rows at a time agree with nulls one by one, also over several parts. */
final class TestNullBits {
  private static final FieldSchema FIELD = FieldSchema.of(100, "n", DataType.INT8).asNullable();

  @Test
  void testAgreesWithIsNull() {
    long seed = new Random().nextLong();
    System.out.println("TestNullBits seed=" + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      List<Column> parts = new ArrayList<>();
      for (int part = random.nextInt(1, 5); part > 0; part--) {
        parts.add(part(random, random.nextInt(150)));
      }
      Column column = Columns.concatenated(parts);
      for (int j = 0; j < 20 && column.rowCount() > 0; j++) {
        int first = random.nextInt(column.rowCount());
        int count = Math.min(random.nextInt(1, 65), column.rowCount() - first);
        check(column, first, count, seed);
      }
    }
  }

  private static Column part(Random random, int rows) {
    if (random.nextInt(4) == 0) {
      return Columns.defaults(FIELD, rows);
    }
    ColumnBuilder builder = ColumnBuilder.forField(FIELD, rows);
    int oneIn = random.nextInt(1, 20);
    for (int row = 0; row < rows; row++) {
      if (random.nextInt(oneIn) == 0) {
        builder.appendNull();
      } else {
        builder.appendLong(row % 100);
      }
    }
    return builder.build();
  }

  private static void check(Column column, int first, int count, long seed) {
    long expected = 0;
    for (int i = 0; i < count; i++) {
      expected |= column.isNull(first + i) ? 1L << i : 0;
    }
    assertThat(column.nullBits(first, count))
        .as("seed=%d first=%d count=%d", seed, first, count)
        .isEqualTo(expected);
  }
}
