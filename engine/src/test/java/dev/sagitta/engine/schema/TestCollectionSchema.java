package dev.sagitta.engine.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class TestCollectionSchema {
  private static final FieldSchema ID =
      FieldSchema.of(100, "id", DataType.INT64).asPrimaryKey(false);
  private static final FieldSchema TEXT =
      FieldSchema.of(101, "clips[text]", DataType.INT8).withElementType(DataType.VARCHAR);
  private static final FieldSchema OTHER =
      FieldSchema.of(102, "clip[text]", DataType.INT8).withElementType(DataType.VARCHAR);
  private static final StructSchema CLIPS =
      new StructSchema(107, "clips", "", Map.of("max_capacity", "3"));
  private static final FunctionSchema FUNCTION =
      new FunctionSchema(
          100, "f", "", FunctionType.BM25, List.of("text"), List.of("sparse"), Map.of());
  private static final CollectionSchema SCHEMA =
      new CollectionSchema(
          "films", "", List.of(ID, TEXT, OTHER), false, List.of(FUNCTION), List.of(CLIPS));

  @Test
  void changesOfOnePartKeepTheOthers() {
    assertThat(
            Stream.of(
                SCHEMA.withFields(List.of(ID)),
                SCHEMA.withDynamicField(List.of(ID)),
                SCHEMA.withFunctions(List.of()),
                SCHEMA.withDescription("films of the year")))
        .allSatisfy(schema -> assertThat(schema.structs()).containsExactly(CLIPS));
    assertThat(SCHEMA.withStructs(List.of()).functions()).containsExactly(FUNCTION);
    assertThat(SCHEMA.withFields(List.of(ID)).functions()).containsExactly(FUNCTION);
  }

  @Test
  void fieldsBelongToTheStructOfTheirName() {
    assertThat(SCHEMA.fieldsOf(CLIPS)).containsExactly(TEXT);
    assertThat(SCHEMA.structOf(TEXT)).contains(CLIPS);
    assertThat(SCHEMA.structOf(ID)).isEmpty();
    assertThat(SCHEMA.structOf(OTHER)).isEmpty();
    assertThat(StructSchema.subName(TEXT)).isEqualTo("text");
    assertThat(StructSchema.structName(TEXT)).isEqualTo("clips");
    assertThat(SCHEMA.isInStruct("clips[page]")).isTrue();
    assertThat(SCHEMA.isInStruct("clip[page]")).isFalse();
    assertThatThrownBy(() -> StructSchema.subName(ID))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("field=id");
  }

  @Test
  void structsTakePartInTheNumbering() {
    assertThat(SCHEMA.largestFieldId()).isEqualTo(107);
    assertThat(SCHEMA.withStructs(List.of()).largestFieldId()).isEqualTo(102);
  }
}
