package dev.sagitta.engine.filter.plan;

import dev.sagitta.engine.filter.syntax.InvalidExpressionException;
import dev.sagitta.engine.time.InvalidTimestampException;
import dev.sagitta.engine.time.TimestampText;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * A constant of type Timestamptz.
 *
 * @param micros microseconds since 1970
 */
record Moment(long micros) {
  /** The point in time that a text means; one without an offset is in the zone. */
  static Moment parse(String text, ZoneId zone) {
    try {
      return new Moment(TimestampText.parse(text, zone));
    } catch (InvalidTimestampException e) {
      throw new InvalidExpressionException(e.getMessage());
    }
  }

  @Override
  public String toString() {
    return TimestampText.format(micros, ZoneOffset.UTC);
  }
}
