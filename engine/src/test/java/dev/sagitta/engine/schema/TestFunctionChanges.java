package dev.sagitta.engine.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class TestFunctionChanges {
  private static final Map<String, String> DIMENSION = Map.of("dim", "4");

  private final FunctionSchema bm25 =
      new FunctionSchema(
          100, "bm25", "", FunctionType.BM25, List.of("text"), List.of("sparse"), Map.of());
  private final CollectionSchema schema =
      new CollectionSchema(
          "c",
          "",
          List.of(
              FieldSchema.of(100, "id", DataType.INT64).asPrimaryKey(false),
              FieldSchema.of(101, "text", DataType.VARCHAR)
                  .withParameters(Map.of("max_length", "9", "enable_analyzer", "true")),
              FieldSchema.of(102, "sparse", DataType.SPARSE_FLOAT_VECTOR),
              FieldSchema.of(103, "first", DataType.FLOAT_VECTOR).withParameters(DIMENSION),
              FieldSchema.of(104, "second", DataType.FLOAT_VECTOR).withParameters(DIMENSION),
              FieldSchema.of(105, "nullable", DataType.FLOAT_VECTOR)
                  .withParameters(DIMENSION)
                  .asNullable()),
          false,
          List.of(bm25));

  private static FunctionSchema embedding(String name, String output) {
    return new FunctionSchema(
        1, name, "", FunctionType.TEXT_EMBEDDING, List.of("text"), List.of(output), Map.of());
  }

  @Test
  void functionsGetIdsThatTheyKeep() {
    CollectionSchema one = FunctionChanges.added(schema, embedding("a", "first"));
    CollectionSchema two = FunctionChanges.added(one, embedding("b", "second"));
    assertThat(two.functions()).extracting(FunctionSchema::id).containsExactly(100L, 101L, 102L);
    CollectionSchema altered =
        FunctionChanges.altered(FunctionChanges.dropped(two, "b"), "a", embedding("a", "second"));
    assertThat(altered.functions()).containsExactly(bm25, embedding("a", "second").withId(101));
    assertThat(altered.fields()).isEqualTo(schema.fields());
    assertThat(FunctionChanges.dropped(altered, "a")).isEqualTo(schema);
    assertThat(FunctionChanges.dropped(schema, "none")).isEqualTo(schema);
  }

  @Test
  void refusesWhatASchemaRefuses() {
    CollectionSchema one = FunctionChanges.added(schema, embedding("a", "first"));
    refused(() -> FunctionChanges.added(one, embedding("a", "second")), "duplicate function name");
    refused(
        () -> FunctionChanges.added(one, embedding("b", "first")),
        "duplicate function output field");
    refused(
        () -> FunctionChanges.added(one, embedding("b", "nullable")),
        "function output field cannot be nullable: function b, field nullable");
    refused(() -> FunctionChanges.added(one, embedding("b", "none")), "output field not found");
    refused(
        () -> FunctionChanges.altered(one, "a", embedding("a", "text")),
        "a single field cannot be both input and output");
    refused(
        () -> FunctionChanges.altered(one, "a", embedding("b", "first")),
        "invalid function config, name not match");
    refused(() -> FunctionChanges.altered(one, "b", embedding("b", "first")), "b not found");
  }

  @Test
  void leavesBm25Alone() {
    CollectionSchema without = schema.withFunctions(List.of());
    refused(() -> FunctionChanges.added(without, bm25), "does not support adding BM25 function");
    refused(() -> FunctionChanges.altered(schema, "bm25", bm25), "not support alter BM25 function");
    refused(
        () -> FunctionChanges.altered(schema, "bm25", embedding("bm25", "first")),
        "not support alter BM25 function");
    refused(() -> FunctionChanges.dropped(schema, "bm25"), "not support dropping BM25 function");
  }

  private static void refused(ThrowingCallable change, String why) {
    assertThatThrownBy(change)
        .isInstanceOfSatisfying(
            SagittaException.class,
            failure ->
                assertThat(failure.errorCode())
                    .as(failure.getMessage())
                    .isEqualTo(ErrorCode.INVALID_PARAMETER))
        .hasMessageContaining(why);
  }
}
