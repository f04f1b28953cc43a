package dev.sagitta.rest.entity;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sagitta.engine.column.PrimaryKeys;
import java.io.IOException;

/** Writes primary keys; int64 keys as numbers or as strings. */
final class KeysWriter {
  private KeysWriter() {}

  static void writeAll(JsonGenerator out, PrimaryKeys keys, boolean int64AsNumber)
      throws IOException {
    out.writeStartArray();
    for (int i = 0; i < keys.size(); i++) {
      write(out, keys, i, int64AsNumber);
    }
    out.writeEndArray();
  }

  static void write(JsonGenerator out, PrimaryKeys keys, int index, boolean int64AsNumber)
      throws IOException {
    switch (keys) {
      case PrimaryKeys.LongKeys longs -> {
        if (int64AsNumber) {
          out.writeNumber(longs.values()[index]);
        } else {
          out.writeString(Long.toString(longs.values()[index]));
        }
      }
      case PrimaryKeys.StringKeys strings -> out.writeString(strings.values()[index]);
    }
  }
}
