package dev.sagitta.engine.filter.text;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What all strings that pass a test have in common; what an index needs to know of the test.
 *
 * @param prefix bytes that they begin with, may be empty
 * @param prefixDecides whether every string with the prefix passes
 * @param literals runs of bytes that they contain, whole characters each; may be empty
 * @param literalDecides whether every string that contains the one literal passes
 */
public record Utf8Shape(
    byte[] prefix, boolean prefixDecides, List<byte[]> literals, boolean literalDecides) {
  /** Nothing is known. */
  public static final Utf8Shape UNKNOWN = new Utf8Shape(new byte[0], false, List.of(), false);

  public Utf8Shape {
    requireNonNull(prefix, "prefix is null");
    literals = List.copyOf(literals);
    if (literalDecides && literals.size() != 1) {
      throw new IllegalArgumentException("no one literal: literals=" + literals.size());
    }
  }
}
