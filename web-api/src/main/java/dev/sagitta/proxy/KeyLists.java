package dev.sagitta.proxy;

import dev.sagitta.engine.column.PrimaryKeys;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.query.hit.KeyOrder;
import java.util.ArrayList;
import java.util.List;

/** Selection and order of primary keys. */
public final class KeyLists {
  private KeyLists() {}

  /** The keys at the positions, in their order. */
  public static PrimaryKeys select(PrimaryKeys keys, int[] positions) {
    return switch (keys) {
      case PrimaryKeys.LongKeys integers -> {
        long[] selected = new long[positions.length];
        for (int i = 0; i < positions.length; i++) {
          selected[i] = integers.values()[positions[i]];
        }
        yield new PrimaryKeys.LongKeys(selected);
      }
      case PrimaryKeys.StringKeys strings -> {
        String[] selected = new String[positions.length];
        for (int i = 0; i < positions.length; i++) {
          selected[i] = strings.values()[positions[i]];
        }
        yield new PrimaryKeys.StringKeys(selected);
      }
    };
  }

  /**
   * Compares key {@code i} of one list with key {@code j} of another one of the same type; texts in
   * the order of their UTF-8 bytes, as nodes order them.
   */
  public static int compare(PrimaryKeys first, int i, PrimaryKeys second, int j) {
    return switch (first) {
      case PrimaryKeys.LongKeys integers ->
          Long.compare(integers.values()[i], ((PrimaryKeys.LongKeys) second).values()[j]);
      case PrimaryKeys.StringKeys strings ->
          KeyOrder.compareTexts(strings.values()[i], ((PrimaryKeys.StringKeys) second).values()[j]);
    };
  }

  /** No keys, of the primary key's type. */
  public static PrimaryKeys empty(FieldSchema primaryKey) {
    return primaryKey.type() == DataType.INT64
        ? new PrimaryKeys.LongKeys(new long[0])
        : new PrimaryKeys.StringKeys(new String[0]);
  }

  /** The key as an object: Long or String. */
  public static Object get(PrimaryKeys keys, int position) {
    return switch (keys) {
      case PrimaryKeys.LongKeys integers -> integers.values()[position];
      case PrimaryKeys.StringKeys strings -> strings.values()[position];
    };
  }

  /** The keys as objects, in their order. */
  public static List<Object> asList(PrimaryKeys keys) {
    List<Object> list = new ArrayList<>(keys.size());
    for (int i = 0; i < keys.size(); i++) {
      list.add(get(keys, i));
    }
    return list;
  }
}
