package dev.sagitta.engine.function;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.schema.FunctionSchema;

/**
 * A function with its collection. The schema has been checked: input and output exist and have
 * types that fit.
 */
public record FunctionContext(CollectionSchema schema, FunctionSchema function) {
  public FunctionContext {
    requireNonNull(schema, "schema is null");
    requireNonNull(function, "function is null");
  }

  /** The only input field. */
  public FieldSchema input() {
    return field(function.inputFieldNames().getFirst());
  }

  /** The only output field. */
  public FieldSchema output() {
    return field(function.outputFieldNames().getFirst());
  }

  private FieldSchema field(String name) {
    return schema
        .field(name)
        .orElseThrow(
            () ->
                SagittaException.invalidParameter(
                    "function field not found: function " + function.name() + ", field " + name));
  }
}
