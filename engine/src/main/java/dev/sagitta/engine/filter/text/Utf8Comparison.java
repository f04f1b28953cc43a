package dev.sagitta.engine.filter.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.filter.syntax.ComparisonOperator;
import java.util.Arrays;
import java.util.List;

/** {@code string operator constant}; strings are ordered by their unsigned UTF-8 bytes. */
public final class Utf8Comparison implements Utf8Test {
  private final ComparisonOperator operator;
  private final byte[] constant;

  public Utf8Comparison(ComparisonOperator operator, String constant) {
    this.operator = requireNonNull(operator, "operator is null");
    this.constant = constant.getBytes(UTF_8);
  }

  public ComparisonOperator operator() {
    return operator;
  }

  /** The constant's bytes, not to be changed. */
  public byte[] constant() {
    return constant;
  }

  @Override
  public boolean mayHaveLength(int length) {
    return operator != ComparisonOperator.EQUAL || length == constant.length;
  }

  @Override
  public boolean matches(byte[] utf8, int offset, int length) {
    if (operator.isEquality()) {
      boolean equal =
          length == constant.length
              && Arrays.equals(utf8, offset, offset + length, constant, 0, length);
      return equal == (operator == ComparisonOperator.EQUAL);
    }
    return operator.holds(
        Arrays.compareUnsigned(utf8, offset, offset + length, constant, 0, constant.length));
  }

  @Override
  public Utf8Shape shape() {
    return operator == ComparisonOperator.EQUAL
        ? new Utf8Shape(constant, false, List.of(constant), false)
        : Utf8Shape.UNKNOWN;
  }

  /** The test for a string that is no column's. */
  public boolean matchesString(String string) {
    byte[] utf8 = string.getBytes(UTF_8);
    return matches(utf8, 0, utf8.length);
  }
}
