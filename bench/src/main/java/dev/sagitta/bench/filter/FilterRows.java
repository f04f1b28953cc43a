package dev.sagitta.bench.filter;

import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.column.ColumnBatch;
import dev.sagitta.engine.column.ColumnBuilder;
import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Made-up rows: unique and repeated numbers, short texts of frequent and rare words, documents. */
final class FilterRows {
  private static final String[] SYLLABLES = {
    "lib", "py", "gtk", "java", "ruby", "data", "net", "core", "test", "doc", "dev", "xml", "ssl",
    "img", "aud", "vid", "kit", "bin", "log", "map", "zip", "cal", "mon", "ter", "qua", "sol"
  };

  private FilterRows() {}

  static CollectionSchema schema() {
    return new CollectionSchema(
        "rows",
        "",
        List.of(
            FieldSchema.of(100, "id", DataType.INT64).asPrimaryKey(false),
            FieldSchema.of(101, "vector", DataType.FLOAT_VECTOR).withParameters(Map.of("dim", "4")),
            FieldSchema.of(102, "number", DataType.INT64),
            FieldSchema.of(103, "kind", DataType.INT32).asNullable(),
            FieldSchema.of(104, "price", DataType.DOUBLE),
            FieldSchema.of(105, "name", DataType.VARCHAR),
            FieldSchema.of(106, "section", DataType.VARCHAR),
            FieldSchema.of(107, "tags", DataType.INT8).withElementType(DataType.VARCHAR),
            FieldSchema.of(108, "info", DataType.JSON)),
        false);
  }

  static ColumnBatch make(int rowCount, long seed) {
    Random random = new Random(seed);
    Map<Long, ColumnBuilder> builders = new LinkedHashMap<>();
    for (FieldSchema field : schema().fields()) {
      if (!field.type().isVector()) {
        builders.put(field.id(), ColumnBuilder.forField(field, rowCount));
      }
    }
    for (int row = 0; row < rowCount; row++) {
      addRow(builders, row, rowCount, random);
    }
    Map<Long, Column> columns = new LinkedHashMap<>();
    builders.forEach((id, builder) -> columns.put(id, builder.build()));
    return new ColumnBatch(rowCount, columns);
  }

  private static void addRow(
      Map<Long, ColumnBuilder> builders, int row, int rowCount, Random random) {
    int kind = (int) (50 * random.nextDouble() * random.nextDouble());
    String section = "section-" + kind % 30;
    builders.get(100L).appendLong(row);
    builders.get(102L).appendLong(random.nextInt(10 * rowCount));
    if (random.nextInt(20) == 0) {
      builders.get(103L).appendNull();
    } else {
      builders.get(103L).appendLong(kind);
    }
    double price = random.nextInt(100_000) / 100.0;
    builders.get(104L).appendDouble(price);
    builders.get(105L).appendString(name(random));
    builders.get(106L).appendString(section);
    ColumnBuilder tags = builders.get(107L);
    tags.beginArray();
    for (int i = random.nextInt(4); i > 0; i--) {
      tags.appendElementString("tag-" + random.nextInt(2000));
    }
    tags.endArray();
    String document =
        "{\"section\": \"" + section + "\", \"price\": " + price + ", \"on\": " + (kind < 5) + "}";
    builders.get(108L).appendJson(document.getBytes(StandardCharsets.UTF_8));
  }

  private static String name(Random random) {
    StringBuilder name = new StringBuilder(SYLLABLES[random.nextInt(SYLLABLES.length)]);
    for (int i = random.nextInt(2, 5); i > 0; i--) {
      name.append(SYLLABLES[random.nextInt(SYLLABLES.length)]);
    }
    return name.append('-').append(random.nextInt(1000)).toString();
  }
}
