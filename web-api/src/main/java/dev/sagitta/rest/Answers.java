package dev.sagitta.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** Shapes of {@code data} that many endpoints answer. */
public final class Answers {
  private Answers() {}

  /** {@code data: {}}, the answer of operations without a result. */
  public static void done(JsonGenerator out) throws IOException {
    out.writeObjectFieldStart("data");
    out.writeEndObject();
  }

  public static void names(JsonGenerator out, Collection<String> names) throws IOException {
    out.writeArrayFieldStart("data");
    for (String name : names) {
      out.writeString(name);
    }
    out.writeEndArray();
  }

  public static void has(JsonGenerator out, boolean has) throws IOException {
    out.writeObjectFieldStart("data");
    out.writeBooleanField("has", has);
    out.writeEndObject();
  }

  public static void rowCount(JsonGenerator out, long rowCount) throws IOException {
    out.writeObjectFieldStart("data");
    out.writeNumberField("rowCount", rowCount);
    out.writeEndObject();
  }

  /** Milvus's list form of a map. */
  public static void keyValues(JsonGenerator out, Map<String, String> values) throws IOException {
    out.writeStartArray();
    for (Map.Entry<String, String> entry : new TreeMap<>(values).entrySet()) {
      out.writeStartObject();
      out.writeStringField("key", entry.getKey());
      out.writeStringField("value", entry.getValue());
      out.writeEndObject();
    }
    out.writeEndArray();
  }
}
