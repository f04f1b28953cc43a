package dev.sagitta.engine.index.ivf;

import dev.sagitta.engine.index.IndexSearchParameters;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;

/** Search parameters by name. */
final class IvfParametersForTests {
  private IvfParametersForTests() {}

  static IndexSearchParameters search(Object... namesAndValues) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      values.put((String) namesAndValues[i], namesAndValues[i + 1].toString());
    }
    return new IndexSearchParameters(values, OptionalDouble.empty(), OptionalDouble.empty());
  }
}
