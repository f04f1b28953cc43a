package dev.sagitta.query.read;

import dev.sagitta.query.request.FilterText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Filters and their template values as bytes. */
final class FilterTextCodec {
  private static final byte BOOLEAN = 1;
  private static final byte LONG = 2;
  private static final byte DOUBLE = 3;
  private static final byte TEXT = 4;
  private static final byte LIST = 5;

  private FilterTextCodec() {}

  static void write(FilterText filter, WireWriter writer) {
    writer.putText(filter.expression());
    writer.putText(filter.timeZone().orElse(""));
    writer.putInt(filter.templates().size());
    filter
        .templates()
        .forEach(
            (name, value) -> {
              writer.putText(name);
              writeValue(value, writer);
            });
  }

  static FilterText read(WireReader reader) {
    String expression = reader.readText();
    Optional<String> timeZone = Optional.of(reader.readText()).filter(name -> !name.isEmpty());
    int count = reader.readInt();
    Map<String, Object> templates = new HashMap<>();
    for (int i = 0; i < count; i++) {
      String name = reader.readText();
      templates.put(name, readValue(reader));
    }
    return new FilterText(expression, templates, timeZone);
  }

  static void writeValue(Object value, WireWriter writer) {
    switch (value) {
      case Boolean bool -> {
        writer.putByte(BOOLEAN);
        writer.putBoolean(bool);
      }
      case Long number -> {
        writer.putByte(LONG);
        writer.putLong(number);
      }
      case Double number -> {
        writer.putByte(DOUBLE);
        writer.putDouble(number);
      }
      case String text -> {
        writer.putByte(TEXT);
        writer.putText(text);
      }
      case List<?> list -> {
        writer.putByte(LIST);
        writer.putInt(list.size());
        list.forEach(element -> writeValue(element, writer));
      }
      default ->
          throw new IllegalArgumentException(
              "template value of an unknown kind: class=" + value.getClass().getName());
    }
  }

  static Object readValue(WireReader reader) {
    byte kind = reader.readByte();
    return switch (kind) {
      case BOOLEAN -> reader.readBoolean();
      case LONG -> reader.readLong();
      case DOUBLE -> reader.readDouble();
      case TEXT -> reader.readText();
      case LIST -> {
        int count = reader.readInt();
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < count; i++) {
          list.add(readValue(reader));
        }
        yield list;
      }
      default -> throw new IllegalArgumentException("unknown kind of value: kind=" + kind);
    };
  }
}
