package dev.sagitta.engine.schema;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;

/**
 * A function of a collection: it computes the values of its output fields from those of its input
 * fields when rows are written, and a query's vector from the query's text.
 *
 * @param id stable number inside the collection; functions start at {@link #FIRST_ID}
 * @param name unique inside the collection
 * @param description free text, may be empty
 * @param inputFieldNames fields that rows give
 * @param outputFieldNames fields that the function computes; rows must not give them
 * @param parameters the function's parameters as text
 */
public record FunctionSchema(
    long id,
    String name,
    String description,
    FunctionType type,
    List<String> inputFieldNames,
    List<String> outputFieldNames,
    Map<String, String> parameters) {
  public static final long FIRST_ID = 100;

  public FunctionSchema {
    requireNonNull(name, "name is null");
    requireNonNull(description, "description is null");
    requireNonNull(type, "type is null");
    inputFieldNames = List.copyOf(requireNonNull(inputFieldNames, "inputFieldNames is null"));
    outputFieldNames = List.copyOf(requireNonNull(outputFieldNames, "outputFieldNames is null"));
    parameters = Map.copyOf(requireNonNull(parameters, "parameters is null"));
  }

  public FunctionSchema withId(long newId) {
    return new FunctionSchema(
        newId, name, description, type, inputFieldNames, outputFieldNames, parameters);
  }
}
