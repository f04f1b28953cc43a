package dev.sagitta.query.read;

import dev.sagitta.engine.column.BooleanColumn;
import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.column.GrowableBytes;
import dev.sagitta.engine.column.JsonColumn;
import dev.sagitta.engine.column.LongColumn;
import dev.sagitta.engine.column.StringColumn;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.filter.json.JsonPath;
import dev.sagitta.engine.filter.json.JsonWalker;
import dev.sagitta.engine.filter.syntax.PathStep;
import dev.sagitta.engine.segment.SegmentView;
import dev.sagitta.query.request.Grouping;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads the values that a segment's rows are grouped by. Belongs to one thread. */
final class GroupValues {
  private final Column column;
  private final JsonPath path;
  private final JsonWalker walker = new JsonWalker();
  private final ScalarAtRoot scalar = new ScalarAtRoot();

  private GroupValues(Column column, JsonPath path) {
    this.column = column;
    this.path = path;
  }

  static GroupValues of(SegmentView view, Grouping grouping) {
    return new GroupValues(
        view.column(grouping.fieldId()),
        JsonPath.of(grouping.jsonPath().stream().<PathStep>map(PathStep.Key::new).toList()));
  }

  /** The row's value: a Boolean, Long, Double or String; empty if it has none. */
  Optional<Object> at(int row) {
    if (column.isNull(row)) {
      return Optional.empty();
    }
    return switch (column) {
      case BooleanColumn bools -> Optional.of(bools.booleanAt(row));
      case LongColumn integers -> Optional.of(integers.longAt(row));
      case StringColumn strings -> Optional.of(strings.stringAt(row));
      case JsonColumn json -> scalarOf(json.jsonUtf8At(row));
      default ->
          throw SagittaException.invalidParameter(
              "unsupported type of a field to group by: type=" + column.type().milvusName());
    };
  }

  private Optional<Object> scalarOf(byte[] document) {
    scalar.value = Optional.empty();
    walker.walk(document, document.length, path, scalar);
    return scalar.value;
  }

  /** Takes the value at the root of a walk if it is neither object nor array. */
  private static final class ScalarAtRoot implements JsonWalker.Visitor {
    private Optional<Object> value = Optional.empty();

    @Override
    public void object(GrowableBytes path) {
      // What lies in an object is not the value at the root.
    }

    @Override
    public void array(GrowableBytes path) {
      // Nor is what lies in an array.
    }

    @Override
    public void number(GrowableBytes path, double number, boolean rounded, boolean element) {
      boolean whole = number == Math.rint(number) && Math.abs(number) < 1L << 53;
      take(path, element, whole ? (Object) (long) number : (Object) number);
    }

    @Override
    public void string(GrowableBytes path, byte[] utf8, int offset, int length, boolean element) {
      take(path, element, new String(utf8, offset, length, StandardCharsets.UTF_8));
    }

    @Override
    public void bool(GrowableBytes path, boolean bool, boolean element) {
      take(path, element, bool);
    }

    private void take(GrowableBytes path, boolean element, Object found) {
      if (path.size() == 0 && !element) {
        value = Optional.of(found);
      }
    }
  }
}
