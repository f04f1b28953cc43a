package dev.sagitta.engine.filter.text;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What all strings that pass a test have in common; what an index needs to know of the test.
 *
 * @param prefix bytes that they begin with, may be empty
 * @param prefixDecides whether every string with the prefix passes
 * @param literals runs of bytes that they contain, whole characters each; may be empty
 */
public record Utf8Shape(byte[] prefix, boolean prefixDecides, List<byte[]> literals) {
  /** Nothing is known. */
  public static final Utf8Shape UNKNOWN = new Utf8Shape(new byte[0], false, List.of());

  public Utf8Shape {
    requireNonNull(prefix, "prefix is null");
    literals = List.copyOf(literals);
  }
}
