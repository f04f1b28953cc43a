package dev.sagitta.engine.time;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A span of calendar months and of microseconds, as ISO 8601 writes it: {@code P1Y2M3W4DT5H6M7.5S}.
 * Days have 24 hours: intervals are added in UTC.
 *
 * @param months years and months
 * @param micros all smaller units
 */
public record CalendarInterval(long months, long micros) {
  private static final Pattern ISO =
      Pattern.compile(
          "P(?!$)(?:(\\d{1,9})Y)?(?:(\\d{1,9})M)?(?:(\\d{1,9})W)?(?:(\\d{1,9})D)?"
              + "(?:T(?=\\d)(?:(\\d{1,9})H)?(?:(\\d{1,9})M)?(?:(\\d{1,9})(?:\\.(\\d{1,6}))?S)?)?");
  private static final int MONTHS_PER_YEAR = 12;
  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final long MICROS_PER_MINUTE = 60 * MICROS_PER_SECOND;
  private static final long MICROS_PER_HOUR = 60 * MICROS_PER_MINUTE;
  private static final long MICROS_PER_DAY = 24 * MICROS_PER_HOUR;

  /** Longer than from the year 0 to the year 9999, yet no sum of it and those overflows. */
  private static final long MOST_YEARS = 20_000;

  public CalendarInterval {
    if (Math.abs(months) > MOST_YEARS * MONTHS_PER_YEAR
        || Math.abs(micros) > MOST_YEARS * 366 * MICROS_PER_DAY) {
      throw new InvalidTimestampException("interval is longer than " + MOST_YEARS + " years");
    }
  }

  /**
   * Parses an interval.
   *
   * @throws InvalidTimestampException if the text has another form or is far too long a time
   */
  public static CalendarInterval parse(String text) {
    Matcher matcher = ISO.matcher(text);
    if (!matcher.matches()) {
      throw new InvalidTimestampException("invalid ISO 8601 duration: " + text);
    }
    long days = Math.addExact(7 * part(matcher, 3), part(matcher, 4));
    String fraction = matcher.group(8) == null ? "" : matcher.group(8);
    try {
      return new CalendarInterval(
          part(matcher, 1) * MONTHS_PER_YEAR + part(matcher, 2),
          Math.multiplyExact(days, MICROS_PER_DAY)
              + part(matcher, 5) * MICROS_PER_HOUR
              + part(matcher, 6) * MICROS_PER_MINUTE
              + part(matcher, 7) * MICROS_PER_SECOND
              + Long.parseLong(fraction + "0".repeat(6 - fraction.length())));
    } catch (ArithmeticException e) {
      throw new InvalidTimestampException("interval is longer than " + MOST_YEARS + " years");
    }
  }

  private static long part(Matcher matcher, int group) {
    return matcher.group(group) == null ? 0 : Long.parseLong(matcher.group(group));
  }

  public CalendarInterval negated() {
    return new CalendarInterval(-months, -micros);
  }

  /** Whether the interval is as long wherever it begins. */
  public boolean isFixed() {
    return months == 0;
  }

  /**
   * The point in time this much later. Months first: the day of the month stays, or becomes the
   * month's last one if there is no such day; then all else.
   */
  public long addTo(long timestampMicros) {
    if (months == 0) {
      return timestampMicros + micros;
    }
    Instant instant = TimestampText.instant(timestampMicros);
    LocalDateTime later = LocalDateTime.ofInstant(instant, ZoneOffset.UTC).plusMonths(months);
    return TimestampText.micros(later.toInstant(ZoneOffset.UTC)) + micros;
  }
}
