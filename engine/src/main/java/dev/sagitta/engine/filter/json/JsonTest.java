package dev.sagitta.engine.filter.json;

/** A test of a JSON value that is there; false for values of another type. Immutable. */
public interface JsonTest {
  boolean matches(JsonValue value);
}
