package dev.sagitta.engine.function;

import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.column.ColumnSource;
import dev.sagitta.engine.column.VectorColumn;
import dev.sagitta.engine.time.Deadline;
import java.util.List;
import java.util.Map;

/**
 * Computes a field from another one. Implementations are safe for concurrent use, and fail with a
 * {@link dev.sagitta.engine.error.SagittaException} that names the function.
 */
public interface FieldFunction {
  /**
   * Checks a function of a collection that is about to be created: parameters, and whatever it
   * depends on. The schema's own rules have been checked.
   */
  default void check(FunctionContext context, Deadline deadline) {}

  /**
   * The output field's values of rows that are about to be written.
   *
   * @param rows holds the input field's column, and those of all other fields that rows give
   * @param rowCount number of rows, at least one
   * @return a column of the output field's type, one value a row
   */
  Column outputs(FunctionContext context, ColumnSource rows, int rowCount, Deadline deadline);

  /**
   * The vectors that a search for texts looks for.
   *
   * @param texts at least one
   * @param searchParameters the search's parameters
   * @return a column of the output field's type, one vector a text
   */
  VectorColumn queries(
      FunctionContext context,
      List<String> texts,
      Map<String, String> searchParameters,
      Deadline deadline);
}
