package dev.sagitta.engine.scalarindex;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.filter.geometry.GeometryTest;
import dev.sagitta.engine.filter.json.JsonPath;
import dev.sagitta.engine.filter.json.JsonTest;
import dev.sagitta.engine.filter.number.DoubleTest;
import dev.sagitta.engine.filter.number.LongTest;
import dev.sagitta.engine.filter.text.Utf8Test;
import dev.sagitta.engine.text.TextQuery;

/** What an index may be asked: the rows whose value passes. Null rows are not asked for. */
public sealed interface ScalarTest {

  /** Values of an integer field. */
  record Longs(LongTest test) implements ScalarTest {
    public Longs {
      requireNonNull(test, "test is null");
    }
  }

  /** Values of a Float or Double field. */
  record Doubles(DoubleTest test) implements ScalarTest {
    public Doubles {
      requireNonNull(test, "test is null");
    }
  }

  /** Values of a VarChar field. */
  record Strings(Utf8Test test) implements ScalarTest {
    public Strings {
      requireNonNull(test, "test is null");
    }
  }

  /** Texts of a VarChar field whose tokens pass. */
  record Text(TextQuery query) implements ScalarTest {
    public Text {
      requireNonNull(query, "query is null");
    }
  }

  /** Values of a Bool field: which of both pass. */
  record Booleans(boolean acceptsTrue, boolean acceptsFalse) implements ScalarTest {}

  /** Arrays of which some element passes. */
  record AnyElement(ScalarTest element) implements ScalarTest {
    public AnyElement {
      requireNonNull(element, "element is null");
    }
  }

  /** Values of a Geometry field. */
  record Geometries(GeometryTest test) implements ScalarTest {
    public Geometries {
      requireNonNull(test, "test is null");
    }
  }

  /** Documents of a JSON field whose value at the path is there and passes. */
  record Json(JsonPath path, JsonTest test) implements ScalarTest {
    public Json {
      requireNonNull(path, "path is null");
      requireNonNull(test, "test is null");
    }
  }
}
