package dev.sagitta.engine.schema;

import dev.sagitta.engine.error.SagittaException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Functions of a collection that is there, with Milvus's rules and words. What rows hold stays: a
 * function computes the fields of rows that are written later. Those of BM25 are what an index and
 * its statistics were made by, so they neither come nor change nor go.
 */
public final class FunctionChanges {
  private FunctionChanges() {}

  /**
   * The schema with another function over fields that it has.
   *
   * @param function its id is ignored and assigned here
   * @throws SagittaException 1100, naming the function
   */
  public static CollectionSchema added(CollectionSchema schema, FunctionSchema function) {
    refuseBm25(function, "adding");
    List<FunctionSchema> functions = new ArrayList<>(schema.functions());
    functions.add(function.withId(nextId(schema)));
    return checked(schema, functions);
  }

  /**
   * The schema with another definition of a function.
   *
   * @param name name of the function, which keeps it and its id
   * @throws SagittaException 1100, naming the function
   */
  public static CollectionSchema altered(
      CollectionSchema schema, String name, FunctionSchema function) {
    refuseBm25(function, "alter");
    if (!function.name().equals(name)) {
      throw SagittaException.invalidParameter(
          "invalid function config, name not match: functionName="
              + name
              + " function="
              + function.name());
    }
    FunctionSchema before =
        named(schema, name)
            .orElseThrow(
                () -> SagittaException.invalidParameter("function " + name + " not found"));
    refuseBm25(before, "alter");
    List<FunctionSchema> functions =
        schema.functions().stream()
            .map(each -> each.name().equals(name) ? function.withId(before.id()) : each)
            .toList();
    return checked(schema, functions);
  }

  /**
   * The schema without a function; the same one if it has none of that name. Rows must give the
   * function's output field from then on.
   *
   * @throws SagittaException 1100, naming the function
   */
  public static CollectionSchema dropped(CollectionSchema schema, String name) {
    named(schema, name).ifPresent(function -> refuseBm25(function, "dropping"));
    return schema.withFunctions(
        schema.functions().stream().filter(each -> !each.name().equals(name)).toList());
  }

  private static Optional<FunctionSchema> named(CollectionSchema schema, String name) {
    return schema.functions().stream().filter(each -> each.name().equals(name)).findFirst();
  }

  private static void refuseBm25(FunctionSchema function, String what) {
    if (function.type() == FunctionType.BM25) {
      throw SagittaException.invalidParameter(
          "currently does not support " + what + " BM25 function: function=" + function.name());
    }
  }

  private static long nextId(CollectionSchema schema) {
    return 1
        + schema.functions().stream()
            .mapToLong(FunctionSchema::id)
            .max()
            .orElse(FunctionSchema.FIRST_ID - 1);
  }

  private static CollectionSchema checked(CollectionSchema schema, List<FunctionSchema> functions) {
    CollectionSchema changed = schema.withFunctions(functions);
    new FunctionRules(changed).check();
    return changed;
  }
}
