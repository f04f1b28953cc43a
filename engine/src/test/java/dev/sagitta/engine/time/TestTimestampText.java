package dev.sagitta.engine.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sagitta.engine.error.SagittaException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Points in time from and to text, in the forms of Milvus. */
final class TestTimestampText {
  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

  @ParameterizedTest
  @CsvSource({
    "2024-10-23T15:30:00.123456Z, 2024-10-23T15:30:00.123456Z",
    "2024-10-23T15:30:00.1234567890Z, 2024-10-23T15:30:00.123456Z",
    "2024-10-23T15:30:00+08:00, 2024-10-23T07:30:00Z",
    "2024-10-23T15:30:00-11:30, 2024-10-24T03:00:00Z",
    "2024-10-23T15:30:00, 2024-10-23T07:30:00Z",
    "2024-10-23 15:30:00.5, 2024-10-23T07:30:00.5Z",
    "1969-12-31T23:59:59.999999Z, 1969-12-31T23:59:59.999999Z",
    "0001-01-01T00:00:00Z, 0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59.999999Z, 9999-12-31T23:59:59.999999Z",
  })
  void parses(String text, String expected) {
    assertThat(TimestampText.parse(text, SHANGHAI)).isEqualTo(micros(expected));
    assertThat(TimestampText.format(TimestampText.parse(text, SHANGHAI), ZoneOffset.UTC))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "now",
        "2024-10-23",
        "2024-10-23T15:30",
        "2024-10-23T15:30:00+0800",
        "2024-10-23T15:30:00.Z",
        "2024-13-01T00:00:00Z",
        "2023-02-29T00:00:00Z",
        "2024-10-23T24:00:00Z",
        "2024-10-23T15:60:00Z",
        "2024-10-23T15:30:60Z",
        "2024-10-23 15:30:00Z",
        "2024-10-23T15:30:00z",
        "2024-10-23T15:30:00 ",
        "+2024-10-23T15:30:00Z",
        "2024-10-23T15:30:00+08:60",
        "2024-10-23T15:30:00ZZ"
      })
  void refuses(String text) {
    assertThatThrownBy(() -> TimestampText.parse(text, SHANGHAI))
        .isInstanceOf(InvalidTimestampException.class)
        .hasMessage("invalid timestamp string: '" + text + "'. Does not match any known format");
  }

  @Test
  void refusesOffsetsThatNoCountryHas() {
    assertThatThrownBy(() -> TimestampText.parse("2024-10-23T15:30:00-13:00", SHANGHAI))
        .hasMessage("UTC offset hour -13 is out of the valid range [-12, 14]");
    assertThatThrownBy(() -> TimestampText.parse("2024-10-23T15:30:00+14:01", SHANGHAI))
        .hasMessage("UTC offset hour 14 is out of the valid range [-12, 14]");
  }

  @Test
  void showsTheOffsetOfTheZone() {
    assertThat(TimestampText.format(micros("2024-07-01T00:00:00.12Z"), SHANGHAI))
        .isEqualTo("2024-07-01T08:00:00.12+08:00");
    assertThat(
            TimestampText.format(
                micros("2024-01-01T00:00:00Z"), TimestampText.zone("America/Chicago")))
        .isEqualTo("2023-12-31T18:00:00-06:00");
    assertThat(TimestampText.format(0, TimestampText.zone("UTC")))
        .isEqualTo("1970-01-01T00:00:00Z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Mars/Base", "+08:00", "GMT+8x", "asia/shanghai"})
  void refusesUnknownZones(String name) {
    assertThatThrownBy(() -> TimestampText.zone(name))
        .isInstanceOf(SagittaException.class)
        .hasMessage("unknown or invalid IANA Time Zone ID: " + name + ": invalid parameter");
  }

  @Test
  void agreesWithTheLibrary() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 2000; i++) {
      long micros = random.nextLong(-62_135_596_800_000_000L, 253_402_300_799_999_999L);
      ZoneOffset offset = ZoneOffset.ofTotalSeconds(60 * random.nextInt(-720, 841));
      String expected =
          DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
              Instant.EPOCH.plus(micros, ChronoUnit.MICROS).atOffset(offset));
      if (!expected.startsWith("+") && !expected.startsWith("-")) {
        assertThat(TimestampText.parse(expected, SHANGHAI)).as("seed=%d", seed).isEqualTo(micros);
        assertThat(TimestampText.parse(TimestampText.format(micros, offset), SHANGHAI))
            .as("seed=%d", seed)
            .isEqualTo(micros);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "P1Y, 2024-02-29T12:00:00Z, 2025-02-28T12:00:00Z",
    "P1M, 2024-01-31T00:00:00Z, 2024-02-29T00:00:00Z",
    "P2W, 2024-01-31T00:00:00Z, 2024-02-14T00:00:00Z",
    "P1Y2M3DT4H5M6.7S, 2023-11-27T19:54:53.3Z, 2025-01-31T00:00:00Z",
    "PT0S, 2024-01-31T00:00:00Z, 2024-01-31T00:00:00Z",
    "P0D, 2024-01-31T00:00:00Z, 2024-01-31T00:00:00Z",
    "PT36H, 1969-12-31T23:00:00Z, 1970-01-02T11:00:00Z",
  })
  void addsIntervals(String interval, String start, String end) {
    assertThat(CalendarInterval.parse(interval).addTo(micros(start))).isEqualTo(micros(end));
  }

  @Test
  void subtractsIntervals() {
    CalendarInterval interval = CalendarInterval.parse("P1M1D").negated();
    assertThat(interval.addTo(micros("2024-03-31T00:00:00Z")))
        .isEqualTo(micros("2024-02-28T00:00:00Z"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "P", "PT", "P1", "1D", "P1DT", "P-1D", "PT1.S", "P1S", "P1.5D", "p1d", "P1D "})
  void refusesIntervals(String text) {
    assertThatThrownBy(() -> CalendarInterval.parse(text))
        .isInstanceOf(InvalidTimestampException.class)
        .hasMessage("invalid ISO 8601 duration: " + text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"P20001Y", "P999999999M", "P999999999W", "P8000000D", "PT999999999H"})
  void refusesIntervalsThatAreTooLong(String text) {
    assertThatThrownBy(() -> CalendarInterval.parse(text))
        .isInstanceOf(InvalidTimestampException.class)
        .hasMessageContaining("interval is longer than");
  }

  private static long micros(String instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(instant));
  }
}
