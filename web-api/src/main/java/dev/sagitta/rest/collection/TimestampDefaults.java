package dev.sagitta.rest.collection;

import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.time.InvalidTimestampException;
import dev.sagitta.engine.time.TimestampText;
import java.time.ZoneId;

/** Default values of Timestamptz fields: clients give text, schemas hold microseconds. */
final class TimestampDefaults {
  private TimestampDefaults() {}

  /** The schema with text read in the time zone of the collection. */
  static CollectionSchema resolve(CollectionSchema schema, ZoneId zone) {
    if (schema.fields().stream().noneMatch(TimestampDefaults::hasDefault)) {
      return schema;
    }
    return schema.withFields(schema.fields().stream().map(field -> resolve(field, zone)).toList());
  }

  /** The field with text read in the time zone of the collection. */
  static FieldSchema resolve(FieldSchema field, ZoneId zone) {
    if (!hasDefault(field)) {
      return field;
    }
    if (!(field.defaultValue().orElseThrow() instanceof String text)) {
      throw SagittaException.invalidParameter(
          "default_value of a Timestamptz field must be ISO 8601 text: field=" + field.name());
    }
    try {
      return field.withDefaultValue(TimestampText.parse(text, zone));
    } catch (InvalidTimestampException e) {
      throw SagittaException.invalidParameter(
          "got invalid timestamptz string '"
              + text
              + "' as default_value: "
              + e.getMessage()
              + ": field="
              + field.name());
    }
  }

  private static boolean hasDefault(FieldSchema field) {
    return field.type() == DataType.TIMESTAMPTZ && field.defaultValue().isPresent();
  }
}
