package dev.sagitta.engine.column;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.storage.LittleEndian;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Builds one column of each type by hand and reads every value back. */
final class TestColumnBuilder {
  private static ColumnBuilder builder(DataType type) {
    return ColumnBuilder.forField(FieldSchema.of(100, "f", type).asNullable(), 2);
  }

  @Test
  void testIntegersOfAllWidths() {
    for (DataType type : List.of(DataType.INT8, DataType.INT16, DataType.INT32, DataType.INT64)) {
      long max = (1L << (8 * ColumnType.scalarWidth(type) - 1)) - 1;
      ColumnBuilder builder = builder(type);
      builder.appendLong(max);
      builder.appendNull();
      builder.appendLong(-max - 1);
      LongColumn column = (LongColumn) builder.build();
      assertThat(column.rowCount()).isEqualTo(3);
      assertThat(column.longAt(0)).isEqualTo(max);
      assertThat(column.isNull(1)).isTrue();
      assertThat(column.isNull(2)).isFalse();
      assertThat(column.longAt(2)).isEqualTo(-max - 1);
      assertThat(column.type()).isEqualTo(type);
    }
  }

  @Test
  void testFloatingPoint() {
    ColumnBuilder floats = builder(DataType.FLOAT);
    floats.appendDouble(0.1);
    assertThat(((DoubleColumn) floats.build()).doubleAt(0)).isEqualTo((double) 0.1f);
    ColumnBuilder doubles = builder(DataType.DOUBLE);
    doubles.appendDouble(0.1);
    doubles.appendDouble(Double.NEGATIVE_INFINITY);
    DoubleColumn column = (DoubleColumn) doubles.build();
    assertThat(column.doubleAt(0)).isEqualTo(0.1);
    assertThat(column.doubleAt(1)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(column.mayHaveNulls()).isFalse();
  }

  @Test
  void testBooleans() {
    ColumnBuilder builder = builder(DataType.BOOL);
    builder.appendBoolean(true);
    builder.appendBoolean(false);
    BooleanColumn column = (BooleanColumn) builder.build();
    assertThat(column.booleanAt(0)).isTrue();
    assertThat(column.booleanAt(1)).isFalse();
  }

  @Test
  void testStrings() {
    ColumnBuilder builder = builder(DataType.VARCHAR);
    builder.appendString("grün 🌱");
    builder.appendNull();
    builder.appendString("");
    builder.appendUtf8("xxabcyy".getBytes(UTF_8), 2, 3);
    StringColumn column = (StringColumn) builder.build();
    assertThat(column.stringAt(0)).isEqualTo("grün 🌱");
    assertThat(column.isNull(1)).isTrue();
    assertThat(column.stringAt(2)).isEmpty();
    assertThat(column.isNull(2)).isFalse();
    assertThat(column.stringAt(3)).isEqualTo("abc");
    assertThat(column.utf8LengthAt(0)).isEqualTo(10);
    assertThat(column.utf8Equals(3, "abc".getBytes(UTF_8))).isTrue();
    assertThat(column.utf8Equals(3, "abd".getBytes(UTF_8))).isFalse();
    assertThat(column.compareUtf8(3, "ab".getBytes(UTF_8))).isPositive();
    assertThat(column.compareUtf8(3, "abcd".getBytes(UTF_8))).isNegative();
    assertThat(column.compareUtf8(3, "ü".getBytes(UTF_8))).isNegative();
    assertThat(column.compareUtf8(3, "abc".getBytes(UTF_8))).isZero();
  }

  @Test
  void testJson() {
    ColumnBuilder builder = builder(DataType.JSON);
    builder.appendJson("{\"a\":1}".getBytes(UTF_8));
    builder.appendNull();
    JsonColumn column = (JsonColumn) builder.build();
    assertThat(column.jsonUtf8At(0)).asString(UTF_8).isEqualTo("{\"a\":1}");
    assertThat(column.isNull(1)).isTrue();
  }

  @Test
  void testVectors() {
    FieldSchema field =
        FieldSchema.of(100, "v", DataType.FLOAT_VECTOR).withParameters(Map.of("dim", "3"));
    ColumnBuilder builder = ColumnBuilder.forField(field, 1);
    builder.appendVector(new float[] {9, 1, 2, 3}, 1);
    builder.appendVector(new float[] {4, 5, 6}, 0);
    DenseVectorColumn column = (DenseVectorColumn) builder.build();
    float[] copied = new float[4];
    column.copyVector(1, copied, 1);
    assertThat(copied).containsExactly(0, 4, 5, 6);
    assertThat(column.contiguousRows(0)).isEqualTo(2);
    assertThat(column.blockOf(0).get(LittleEndian.FLOAT, column.offsetInBlock(1))).isEqualTo(4f);
  }

  @Test
  void testArrays() {
    ColumnBuilder strings = arrayBuilder(DataType.VARCHAR);
    strings.beginArray();
    strings.appendElementString("ä");
    strings.appendElementString("");
    strings.appendElementString("xyz");
    strings.endArray();
    strings.appendNull();
    strings.beginArray();
    strings.endArray();
    ArrayColumn column = (ArrayColumn) strings.build();
    assertThat(column.lengthAt(0)).isEqualTo(3);
    assertThat(column.stringAt(0, 0)).isEqualTo("ä");
    assertThat(column.stringAt(0, 1)).isEmpty();
    assertThat(column.stringAt(0, 2)).isEqualTo("xyz");
    assertThat(column.isNull(1)).isTrue();
    assertThat(column.lengthAt(2)).isZero();
    assertThatThrownBy(() -> column.stringAt(0, 3)).isInstanceOf(IndexOutOfBoundsException.class);

    ColumnBuilder integers = arrayBuilder(DataType.INT16);
    integers.beginArray();
    integers.appendElementLong(-7);
    integers.appendElementLong(300);
    integers.endArray();
    ArrayColumn numbers = (ArrayColumn) integers.build();
    assertThat(numbers.longAt(0, 0)).isEqualTo(-7);
    assertThat(numbers.longAt(0, 1)).isEqualTo(300);

    ColumnBuilder booleans = arrayBuilder(DataType.BOOL);
    booleans.beginArray();
    booleans.appendElementBoolean(true);
    booleans.endArray();
    assertThat(((ArrayColumn) booleans.build()).booleanAt(0, 0)).isTrue();

    ColumnBuilder doubles = arrayBuilder(DataType.DOUBLE);
    doubles.beginArray();
    doubles.appendElementDouble(1.5);
    doubles.endArray();
    assertThat(((ArrayColumn) doubles.build()).doubleAt(0, 0)).isEqualTo(1.5);
  }

  private static ColumnBuilder arrayBuilder(DataType elementType) {
    FieldSchema field =
        FieldSchema.of(100, "a", DataType.INT8).withElementType(elementType).asNullable();
    return ColumnBuilder.forField(field, 1);
  }

  @Test
  void testDefaults() {
    FieldSchema field = FieldSchema.of(100, "n", DataType.INT32);
    ColumnBuilder withDefault = ColumnBuilder.forField(field.withDefaultValue(7L), 1);
    withDefault.appendDefault();
    assertThat(((LongColumn) withDefault.build()).longAt(0)).isEqualTo(7);
    ColumnBuilder nullable = ColumnBuilder.forField(field.asNullable(), 1);
    nullable.appendDefault();
    assertThat(nullable.build().isNull(0)).isTrue();
    ColumnBuilder neither = ColumnBuilder.forField(field, 1);
    assertThatThrownBy(neither::appendDefault).hasMessageContaining("field=n");
  }

  @Test
  void testWrongTypeIsRefused() {
    assertThatThrownBy(() -> builder(DataType.INT64).appendString("x"))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> builder(DataType.VARCHAR).appendLong(1))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> builder(DataType.JSON).appendString("x"))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> builder(DataType.DOUBLE).appendBoolean(true))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void testSelectSplitConcat() {
    ColumnBuilder numbers = builder(DataType.INT64);
    ColumnBuilder names = builder(DataType.VARCHAR);
    for (int row = 0; row < 100; row++) {
      numbers.appendLong(row);
      if (row % 3 == 0) {
        names.appendNull();
      } else {
        names.appendString("n" + row);
      }
    }
    Map<Long, Column> columns = new LinkedHashMap<>();
    columns.put(100L, numbers.build());
    columns.put(101L, names.build());
    ColumnBatch batch = new ColumnBatch(100, columns);

    ColumnBatch selected = ColumnBatches.select(batch, new int[] {99, 4, 4});
    assertThat(((PrimaryKeys.LongKeys) ColumnBatches.primaryKeys(selected.column(100))).values())
        .containsExactly(99, 4, 4);
    assertThat(selected.column(101).isNull(0)).isTrue();
    assertThat(((StringColumn) selected.column(101)).stringAt(2)).isEqualTo("n4");

    int[] targets = new int[100];
    for (int row = 0; row < 100; row++) {
      targets[row] = row % 2;
    }
    List<ColumnBatch> parts = ColumnBatches.split(batch, targets, 3);
    assertThat(parts).extracting(ColumnBatch::rowCount).containsExactly(50, 50, 0);
    ColumnBatch joined = ColumnBatches.concat(parts);
    assertThat(joined.rowCount()).isEqualTo(100);
    assertThat(((LongColumn) joined.column(100)).longAt(50)).isEqualTo(1);
    assertThat(((StringColumn) joined.column(101)).stringAt(50)).isEqualTo("n1");
    assertThat(joined.column(101).isNull(51)).isTrue();
  }
}
