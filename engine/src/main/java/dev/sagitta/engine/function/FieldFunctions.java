package dev.sagitta.engine.function;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.column.ColumnBatch;
import dev.sagitta.engine.column.VectorColumn;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.schema.FunctionSchema;
import dev.sagitta.engine.schema.FunctionType;
import dev.sagitta.engine.time.Deadline;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The functions that this process can compute, by type. Safe for concurrent use. */
public final class FieldFunctions {
  private final Map<FunctionType, FieldFunction> functions;

  public FieldFunctions(Map<FunctionType, FieldFunction> functions) {
    requireNonNull(functions, "functions is null");
    this.functions = new EnumMap<>(FunctionType.class);
    this.functions.putAll(functions);
  }

  /** Those that need nothing but the engine: BM25. */
  public static FieldFunctions ofEngine() {
    return new FieldFunctions(Map.of(FunctionType.BM25, new Bm25Function()));
  }

  /** These and another one, which takes the place of an older one of its type. */
  public FieldFunctions with(FunctionType type, FieldFunction function) {
    FieldFunctions more = new FieldFunctions(functions);
    more.functions.put(type, requireNonNull(function, "function is null"));
    return more;
  }

  /**
   * Checks that the functions of a new collection can be computed here.
   *
   * @throws SagittaException code 1100 for a type that this process does not have, and what the
   *     functions throw
   */
  public void check(CollectionSchema schema, Deadline deadline) {
    for (FunctionSchema function : schema.functions()) {
      get(function).check(new FunctionContext(schema, function), deadline);
    }
  }

  /**
   * The rows with the columns that the schema's functions compute, in the order of the fields.
   *
   * @throws SagittaException code 1100 for a type that this process does not have, and what the
   *     functions throw
   */
  public ColumnBatch withOutputs(CollectionSchema schema, ColumnBatch rows, Deadline deadline) {
    if (schema.functions().isEmpty() || rows.rowCount() == 0) {
      return rows;
    }
    Map<Long, Column> computed = new HashMap<>();
    for (FunctionSchema function : schema.functions()) {
      FunctionContext context = new FunctionContext(schema, function);
      Column column = get(function).outputs(context, rows, rows.rowCount(), deadline);
      computed.put(context.output().id(), column);
    }
    Map<Long, Column> columns = new LinkedHashMap<>();
    for (FieldSchema field : schema.fields()) {
      Column column = computed.getOrDefault(field.id(), rows.columns().get(field.id()));
      if (column != null) {
        columns.put(field.id(), column);
      }
    }
    return new ColumnBatch(rows.rowCount(), columns);
  }

  /**
   * The vectors of a search for texts.
   *
   * @param field output field of a function
   * @throws SagittaException code 1100 if no function computes the field, and what the function
   *     throws
   */
  public VectorColumn queries(
      CollectionSchema schema,
      FieldSchema field,
      List<String> texts,
      Map<String, String> searchParameters,
      Deadline deadline) {
    FunctionSchema function =
        schema
            .functionOf(field)
            .orElseThrow(
                () ->
                    SagittaException.invalidParameter(
                        "texts can be searched on the output field of a function only: field="
                            + field.name()));
    return get(function)
        .queries(new FunctionContext(schema, function), texts, searchParameters, deadline);
  }

  private FieldFunction get(FunctionSchema function) {
    FieldFunction found = functions.get(function.type());
    if (found == null) {
      throw SagittaException.invalidParameter(
          "function type is not supported: function="
              + function.name()
              + " type="
              + function.type().milvusName());
    }
    return found;
  }
}
