package dev.sagitta.rest.row;

import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.rest.json.JsonErrors;

/** Errors of inserted rows. */
final class RowErrors {
  private RowErrors() {}

  /** Code 1804: rows that do not fit the schema. */
  static SagittaException unusable(String why) {
    return new SagittaException(
        ErrorCode.REST_INVALID_INSERT_DATA, "fail to deal the insert data, error: " + why);
  }

  /** Code 1100: an array or an array of structs with more elements than its field allows. */
  static SagittaException tooLong(String field, int row, int length, int capacity) {
    return SagittaException.invalidParameter(
        "the length ("
            + length
            + ") of "
            + row
            + "th array exceeds max capacity ("
            + capacity
            + "): field="
            + field
            + " row="
            + row);
  }

  /** Code 1804: a value of another type than the field's. */
  static SagittaException wrongValue(FieldSchema field, int row, String expected, String actual) {
    return wrongValue(field.name(), row, expected, actual);
  }

  /** Code 1804: a value of another type than the one of the field of that name. */
  static SagittaException wrongValue(String field, int row, String expected, String actual) {
    return unusable(
        "wrong value: field="
            + field
            + " row="
            + row
            + ": invalid parameter[expected="
            + expected
            + "][actual="
            + JsonErrors.shorten(actual)
            + "]");
  }

  /** Code 1100: a value of the right type that breaks one of the field's limits. */
  static SagittaException outOfLimits(FieldSchema field, int row, String why) {
    return SagittaException.invalidParameter(why + ": field=" + field.name() + " row=" + row);
  }
}
