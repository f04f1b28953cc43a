package dev.sagitta.engine.time;

import dev.sagitta.engine.error.SagittaException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRulesProvider;

/**
 * Points in time as text, in the forms that Milvus knows: {@code 2025-01-02T03:04:05.678+08:00} or
 * {@code ...Z}, and without an offset, when a time zone has to be known, also with a blank in place
 * of the {@code T}. Points in time are microseconds since 1970 in UTC; finer digits are cut off.
 */
public final class TimestampText {
  /** The zone of collections that name none. */
  public static final ZoneId DEFAULT_ZONE = ZoneOffset.UTC;

  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final int NANOS_PER_MICRO = 1000;
  private static final int LATEST_OFFSET_HOUR = 14;
  private static final int EARLIEST_OFFSET_HOUR = -12;
  private static final int SECONDS_PER_HOUR = 3600;

  /** Characters of {@code 2025-01-02T03:04:05}. */
  private static final int BODY_LENGTH = 19;

  private static final String BODY_PATTERN = "dddd-dd-dd dd:dd:dd";
  private static final int SEPARATOR = 10;

  private TimestampText() {}

  /**
   * The zone of a name of the IANA database, such as {@code Asia/Shanghai}, or {@code UTC}.
   *
   * @throws SagittaException code 1100 if there is no such zone
   */
  public static ZoneId zone(String name) {
    if (name.equals("UTC")) {
      return ZoneOffset.UTC;
    }
    if (!ZoneRulesProvider.getAvailableZoneIds().contains(name)) {
      throw SagittaException.invalidParameter("unknown or invalid IANA Time Zone ID: " + name);
    }
    return ZoneId.of(name);
  }

  /**
   * The microseconds since 1970 that the text means.
   *
   * @param zone the zone of texts without an offset
   * @throws InvalidTimestampException if the text has another form or names no point in time
   */
  public static long parse(String text, ZoneId zone) {
    int end = endOfFraction(text);
    try {
      LocalDateTime local = local(text, end);
      if (end == text.length()) {
        return micros(local.atZone(zone).toInstant());
      }
      if (text.charAt(SEPARATOR) == 'T') {
        return micros(local.toInstant(offset(text, end)));
      }
    } catch (DateTimeException e) {
      throw unknownForm(text, e);
    }
    throw unknownForm(text, null);
  }

  /** The position behind the seconds and their fraction. */
  private static int endOfFraction(String text) {
    if (!hasBody(text)) {
      throw unknownForm(text, null);
    }
    int end = BODY_LENGTH;
    if (end < text.length() && text.charAt(end) == '.') {
      end++;
      while (end < text.length() && isDigit(text.charAt(end))) {
        end++;
      }
      if (end == BODY_LENGTH + 1) {
        throw unknownForm(text, null);
      }
    }
    return end;
  }

  private static boolean hasBody(String text) {
    if (text.length() < BODY_LENGTH) {
      return false;
    }
    for (int i = 0; i < BODY_LENGTH; i++) {
      char expected = BODY_PATTERN.charAt(i);
      char actual = text.charAt(i);
      boolean fits =
          switch (expected) {
            case 'd' -> isDigit(actual);
            case ' ' -> actual == ' ' || actual == 'T';
            default -> actual == expected;
          };
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }

  private static LocalDateTime local(String text, int end) {
    int nanos = 0;
    int unit = 100_000_000;
    for (int i = BODY_LENGTH + 1; i < end && unit > 0; i++, unit /= 10) {
      nanos += (text.charAt(i) - '0') * unit;
    }
    return LocalDateTime.of(
        number(text, 0, 4),
        number(text, 5, 2),
        number(text, 8, 2),
        number(text, 11, 2),
        number(text, 14, 2),
        number(text, 17, 2),
        nanos);
  }

  private static int number(String text, int start, int digits) {
    int value = 0;
    for (int i = start; i < start + digits; i++) {
      value = value * 10 + (text.charAt(i) - '0');
    }
    return value;
  }

  private static ZoneOffset offset(String text, int start) {
    char sign = text.charAt(start);
    if (sign == 'Z' && text.length() == start + 1) {
      return ZoneOffset.UTC;
    }
    boolean wellFormed =
        (sign == '+' || sign == '-')
            && text.length() == start + 6
            && isDigit(text.charAt(start + 1))
            && isDigit(text.charAt(start + 2))
            && text.charAt(start + 3) == ':'
            && isDigit(text.charAt(start + 4))
            && isDigit(text.charAt(start + 5));
    if (!wellFormed || number(text, start + 4, 2) >= 60) {
      throw unknownForm(text, null);
    }
    int seconds = number(text, start + 1, 2) * SECONDS_PER_HOUR + number(text, start + 4, 2) * 60;
    int signed = sign == '-' ? -seconds : seconds;
    if (signed > LATEST_OFFSET_HOUR * SECONDS_PER_HOUR
        || signed < EARLIEST_OFFSET_HOUR * SECONDS_PER_HOUR) {
      throw new InvalidTimestampException(
          "UTC offset hour "
              + signed / SECONDS_PER_HOUR
              + " is out of the valid range ["
              + EARLIEST_OFFSET_HOUR
              + ", "
              + LATEST_OFFSET_HOUR
              + "]");
    }
    return ZoneOffset.ofTotalSeconds(signed);
  }

  private static InvalidTimestampException unknownForm(String text, DateTimeException cause) {
    InvalidTimestampException failure =
        new InvalidTimestampException(
            "invalid timestamp string: '" + text + "'. Does not match any known format");
    failure.initCause(cause);
    return failure;
  }

  /** The text of a point in time in a zone: no trailing zeros, {@code Z} for UTC. */
  public static String format(long micros, ZoneId zone) {
    OffsetDateTime time = instant(micros).atZone(zone).toOffsetDateTime();
    StringBuilder text = new StringBuilder(32);
    appendPadded(text, time.getYear(), 4).append('-');
    appendPadded(text, time.getMonthValue(), 2).append('-');
    appendPadded(text, time.getDayOfMonth(), 2).append('T');
    appendPadded(text, time.getHour(), 2).append(':');
    appendPadded(text, time.getMinute(), 2).append(':');
    appendPadded(text, time.getSecond(), 2);
    int fraction = time.getNano() / NANOS_PER_MICRO;
    if (fraction > 0) {
      text.append('.');
      appendPadded(text, fraction, 6);
      while (text.charAt(text.length() - 1) == '0') {
        text.setLength(text.length() - 1);
      }
    }
    return text.append(time.getOffset().getId()).toString();
  }

  private static StringBuilder appendPadded(StringBuilder text, int value, int digits) {
    String number = Integer.toString(Math.abs(value));
    return text.append(value < 0 ? "-" : "")
        .append("0".repeat(Math.max(0, digits - number.length())))
        .append(number);
  }

  static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, MICROS_PER_SECOND),
        Math.floorMod(micros, MICROS_PER_SECOND) * NANOS_PER_MICRO);
  }

  static long micros(Instant instant) {
    return instant.getEpochSecond() * MICROS_PER_SECOND + instant.getNano() / NANOS_PER_MICRO;
  }
}
