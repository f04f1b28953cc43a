package dev.sagitta.engine.filter.plan;

import dev.sagitta.engine.filter.number.DoubleSet;
import dev.sagitta.engine.filter.number.LongSet;
import dev.sagitta.engine.filter.syntax.InvalidExpressionException;
import dev.sagitta.engine.filter.syntax.LongList;
import dev.sagitta.engine.filter.text.Utf8Set;
import dev.sagitta.engine.schema.DataType;
import java.util.ArrayList;
import java.util.List;

/** Lists of constants as sets of a field's type. Integers may become floats, not the reverse. */
final class ConstantLists {
  private ConstantLists() {}

  static long[] toLongs(List<?> values, DataType type) {
    if (values instanceof LongList list) {
      return list.toLongArray();
    }
    long[] longs = new long[values.size()];
    int count = 0;
    for (Object value : values) {
      if (!(value instanceof Long number)) {
        throw notCastable(value, type);
      }
      longs[count++] = number;
    }
    return longs;
  }

  static LongSet momentSet(List<?> values) {
    long[] micros = new long[values.size()];
    int count = 0;
    for (Object value : values) {
      if (!(value instanceof Moment moment)) {
        throw notCastable(value, DataType.TIMESTAMPTZ);
      }
      micros[count++] = moment.micros();
    }
    return new LongSet(micros);
  }

  static LongSet longSet(List<?> values, DataType type) {
    return new LongSet(toLongs(values, type));
  }

  static DoubleSet doubleSet(List<?> values, DataType type) {
    double[] doubles = new double[values.size()];
    int count = 0;
    for (Object value : values) {
      if (!(value instanceof Number number)) {
        throw notCastable(value, type);
      }
      doubles[count++] = Leaves.roundedTo(type, number).doubleValue();
    }
    return new DoubleSet(doubles);
  }

  static List<String> toStrings(List<?> values, DataType type) {
    List<String> strings = new ArrayList<>(values.size());
    for (Object value : values) {
      if (!(value instanceof String string)) {
        throw notCastable(value, type);
      }
      strings.add(string);
    }
    return strings;
  }

  static Utf8Set stringSet(List<?> values, DataType type) {
    return new Utf8Set(toStrings(values, type));
  }

  static void requireBooleans(List<?> values) {
    for (Object value : values) {
      if (!(value instanceof Boolean)) {
        throw notCastable(value, DataType.BOOL);
      }
    }
  }

  static InvalidExpressionException notCastable(Object value, DataType type) {
    return new InvalidExpressionException(
        "value '" + value + "' in list cannot be casted to " + type.milvusName());
  }
}
