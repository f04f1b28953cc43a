package dev.sagitta.engine.filter.evaluate;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.scalarindex.ScalarTest;

/**
 * What an index may be asked instead of testing all rows with a condition.
 *
 * @param test passed by all rows of which the condition is true, or false if it is inverted
 * @param inverted whether the condition is true for the rows that do not pass
 * @param sufficient whether the condition is true, or false if it is inverted, for all rows that
 *     pass; if not, these have to be tested
 */
public record IndexableTest(long fieldId, ScalarTest test, boolean inverted, boolean sufficient) {
  public IndexableTest {
    requireNonNull(test, "test is null");
  }

  /** A test that says the same as the condition. */
  static IndexableTest same(long fieldId, ScalarTest test) {
    return new IndexableTest(fieldId, test, false, true);
  }
}
