package dev.sagitta.proxy.rank;

import dev.sagitta.engine.error.SagittaException;
import java.util.Locale;

/** How several scores of one thing become one. */
public enum ScoreMode {
  MAX,
  SUM,
  AVG;

  /**
   * The mode of a name that clients use.
   *
   * @param key parameter that has the name, for the message
   * @throws SagittaException code 1100 for another name
   */
  public static ScoreMode of(String key, String name) {
    for (ScoreMode mode : values()) {
      if (mode.name().toLowerCase(Locale.ROOT).equals(name)) {
        return mode;
      }
    }
    throw SagittaException.invalidParameter(
        "Unsupport score mode: " + name + ", only support [avg,max,sum]: key=" + key);
  }

  /**
   * Combines numbers.
   *
   * @param largest the largest of them
   * @param count how many there are, at least 1
   */
  public double of(double largest, double sum, int count) {
    return switch (this) {
      case MAX -> largest;
      case SUM -> sum;
      case AVG -> sum / count;
    };
  }
}
