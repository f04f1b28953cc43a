package dev.sagitta.engine.filter.evaluate;

import dev.sagitta.engine.column.JsonColumn;
import dev.sagitta.engine.filter.json.JsonPath;
import dev.sagitta.engine.filter.json.JsonValue;

/** Reads the values at one path, row by row, through one buffer. Belongs to one thread. */
final class JsonReader {
  private final JsonColumn column;
  private final JsonPath path;
  private final JsonValue value = new JsonValue();
  private final Scratch scratch = new Scratch();

  JsonReader(JsonColumn column, JsonPath path) {
    this.column = column;
    this.path = path;
  }

  /** The row's value, good until the next call; null (this is a hot path) if there is none. */
  JsonValue valueAt(int row) {
    if (column.isNull(row)) {
      return null;
    }
    int length = column.utf8LengthAt(row);
    byte[] buffer = scratch.ofSize(length);
    column.copyUtf8(row, buffer, 0);
    return value.moveTo(buffer, length, path) ? value : null;
  }
}
