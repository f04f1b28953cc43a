package dev.sagitta.engine.schema;

import dev.sagitta.engine.error.SagittaException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Milvus's rules for the functions of a collection, with its words. */
final class FunctionRules {
  private final CollectionSchema schema;
  private final Set<String> names = new HashSet<>();
  private final Set<String> outputNames = new HashSet<>();

  FunctionRules(CollectionSchema schema) {
    this.schema = schema;
  }

  /**
   * Checks all functions.
   *
   * @throws SagittaException 1100, naming the function and the field
   */
  void check() {
    for (FunctionSchema function : schema.functions()) {
      checkNames(function);
      List<FieldSchema> inputs = inputs(function);
      List<FieldSchema> outputs = outputs(function);
      switch (function.type()) {
        case BM25 -> checkBm25(function, inputs, outputs);
        case TEXT_EMBEDDING -> checkTextEmbedding(function, inputs, outputs);
        case RERANK ->
            throw bad(
                "check input field with unknown function type: Rerank belongs to a search: function="
                    + function.name());
      }
    }
  }

  private void checkNames(FunctionSchema function) {
    String name = function.name();
    if (name.isEmpty()) {
      throw bad("function name cannot be empty");
    }
    if (!names.add(name)) {
      throw bad("duplicate function name: " + name);
    }
    if (function.inputFieldNames().isEmpty()) {
      throw bad("function input field names cannot be empty, function: " + name);
    }
    if (function.outputFieldNames().isEmpty()) {
      throw bad("function output field names cannot be empty, function: " + name);
    }
    Set<String> used = new HashSet<>();
    for (String input : function.inputFieldNames()) {
      if (!used.add(input)) {
        throw bad(
            "each function input field should be used exactly once in the same function, function: "
                + name
                + ", input field: "
                + input);
      }
    }
    for (String output : function.outputFieldNames()) {
      if (used.contains(output)) {
        throw bad(
            "a single field cannot be both input and output in the same function, function: "
                + name
                + ", field: "
                + output);
      }
    }
  }

  private List<FieldSchema> inputs(FunctionSchema function) {
    List<FieldSchema> fields = new ArrayList<>();
    for (String name : function.inputFieldNames()) {
      fields.add(
          declared(name)
              .orElseThrow(() -> bad("function input field not found: " + named(function, name))));
    }
    return fields;
  }

  private List<FieldSchema> outputs(FunctionSchema function) {
    List<FieldSchema> fields = new ArrayList<>();
    for (String name : function.outputFieldNames()) {
      FieldSchema field =
          declared(name)
              .orElseThrow(() -> bad("function output field not found: " + named(function, name)));
      if (field.primaryKey()) {
        throw bad("function output field cannot be primary key: " + named(function, name));
      }
      if (field.partitionKey() || field.clusteringKey()) {
        throw bad(
            "function output field cannot be partition key or clustering key: "
                + named(function, name));
      }
      if (field.nullable()) {
        throw bad("function output field cannot be nullable: " + named(function, name));
      }
      if (!outputNames.add(name)) {
        throw bad("duplicate function output field: " + named(function, name));
      }
      fields.add(field);
    }
    return fields;
  }

  private Optional<FieldSchema> declared(String name) {
    return schema.field(name).filter(field -> !field.dynamic());
  }

  private static void checkBm25(
      FunctionSchema function, List<FieldSchema> inputs, List<FieldSchema> outputs) {
    FieldSchema input = inputs.getFirst();
    if (inputs.size() != 1 || input.type() != DataType.VARCHAR) {
      throw bad(
          "BM25 function input field must be a VARCHAR/TEXT field, got "
              + inputs.size()
              + " field with type "
              + input.type().milvusName()
              + ": "
              + named(function, input.name()));
    }
    if (!input.analyzed()) {
      throw bad(
          "BM25 function input field must set enable_analyzer to true: "
              + named(function, input.name()));
    }
    if (outputs.size() != 1) {
      throw bad(
          "BM25 function only need 1 output field, but got "
              + outputs.size()
              + ": function "
              + function.name());
    }
    FieldSchema output = outputs.getFirst();
    if (output.type() != DataType.SPARSE_FLOAT_VECTOR) {
      throw bad(
          "BM25 function output field must be a SparseFloatVector field, but got "
              + output.type().milvusName()
              + ": "
              + named(function, output.name()));
    }
    if (!function.parameters().isEmpty()) {
      throw bad("BM25 function accepts no params: function " + function.name());
    }
  }

  private static void checkTextEmbedding(
      FunctionSchema function, List<FieldSchema> inputs, List<FieldSchema> outputs) {
    FieldSchema input = inputs.getFirst();
    if (inputs.size() != 1 || input.type() != DataType.VARCHAR) {
      throw bad(
          "TextEmbedding function input field must be a VARCHAR/TEXT field, got "
              + inputs.size()
              + " field with type "
              + input.type().milvusName()
              + ": "
              + named(function, input.name()));
    }
    if (input.nullable()) {
      throw bad("function input field cannot be nullable: " + named(function, input.name()));
    }
    FieldSchema output = outputs.getFirst();
    boolean vectors =
        output.type() == DataType.FLOAT_VECTOR || output.type() == DataType.INT8_VECTOR;
    if (outputs.size() != 1 || !vectors) {
      throw bad(
          "TextEmbedding function output field must be a FloatVector or Int8Vector field, got "
              + outputs.size()
              + " field with type "
              + output.type().milvusName()
              + ": "
              + named(function, output.name()));
    }
  }

  private static String named(FunctionSchema function, String field) {
    return "function " + function.name() + ", field " + field;
  }

  private static SagittaException bad(String why) {
    return SagittaException.invalidParameter(why);
  }
}
