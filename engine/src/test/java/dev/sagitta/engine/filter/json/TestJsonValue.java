package dev.sagitta.engine.filter.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sagitta.engine.filter.number.NumberRange;
import dev.sagitta.engine.filter.syntax.ComparisonOperator;
import dev.sagitta.engine.filter.syntax.PathStep;
import dev.sagitta.engine.filter.text.LikePattern;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The scanner on odd documents: escapes, long strings, broken text. */
class TestJsonValue {
  private static final JsonPath PATH = JsonPath.of(List.of(new PathStep.Key("k")));

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{\"k\":\"v\"} ; v",
        " { \"a\" : {\"k\":\"no\"} , \"k\" : \"v\" } ; v",
        "{\"\\u006b\":\"v\"} ; v",
        "{\"k\":\"\\u0076\"} ; v",
        "{\"a\":\"quote \\\" and , in a long string\",\"k\":\"v\"} ; v",
        "{\"a\":\"ends with a backslash \\\\\",\"k\":\"v\"} ; v",
        "{\"a\":\"zażółć gęślą jaźń\",\"k\":\"v\"} ; v",
        "{\"a\":[1,[\"]\"],{\"}\":2}],\"k\":\"v\"} ; v",
        "{\"k\":\"v\",\"k\":\"second\"} ; v",
        "{\"k\":\"\\ud834\\udd1e\\n\\t\\/\"} ; 𝄞\\n\\t/",
        "{\"k\":\"\\ud834\"} ; ?",
      })
  void findsStrings(String document, String expected) {
    String text = expected.replace("\\n", "\n").replace("\\t", "\t");
    JsonValue value = new JsonValue();
    byte[] utf8 = document.getBytes(UTF_8);
    assertThat(value.moveTo(utf8, utf8.length, PATH)).isTrue();
    assertThat(
            value.stringMatches(
                (bytes, offset, length) -> new String(bytes, offset, length, UTF_8).equals(text)))
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "0;0",
        "-0;0",
        "12;12",
        "-9223372036854775808;-9223372036854775808",
        "9223372036854775807;9223372036854775807",
        "9223372036854775808;9.223372036854775808e18",
        "0.1;0.1",
        "-1.50;-1.5",
        "1e3;1000",
        "1E-7;1e-7",
        "123456789.123456789;123456789.123456789",
        "0.30000000000000004;0.30000000000000004",
        "1.7976931348623157e308;1.7976931348623157e308",
      })
  void readsNumbers(String text, String expected) {
    byte[] utf8 = ("{\"k\": " + text + "}").getBytes(UTF_8);
    JsonValue value = new JsonValue();
    assertThat(value.moveTo(utf8, utf8.length, PATH)).isTrue();
    assertThat(value.readNumber()).isTrue();
    if (value.isLong()) {
      assertThat(value.longValue()).isEqualTo(Long.parseLong(expected));
    } else {
      assertThat(value.doubleValue()).isEqualTo(Double.parseDouble(expected));
    }
  }

  @Test
  void staysInsideBrokenText() {
    long seed = new Random().nextLong();
    System.out.println("TestJsonValue seed=" + seed);
    Random random = new Random(seed);
    byte[] good =
        "{\"a\": [1, {\"k\": \"x\\u00e9\\\\\"}, -2.5e3], \"k\": [\"v\", true, null, {}]}"
            .getBytes(UTF_8);
    JsonPath deep =
        JsonPath.of(List.of(new PathStep.Key("a"), new PathStep.Index(1), new PathStep.Key("k")));
    List<JsonTest> tests =
        List.of(
            JsonTests.string(LikePattern.compile("%x%")),
            JsonTests.number(NumberRange.of(ComparisonOperator.LESS, 5L)),
            new JsonSet(List.of(1L, "v", true, List.of("v"))),
            JsonTests.anyElement(JsonTests.equalTo("v")),
            JsonTests.equalTo(List.of("v", true)),
            value -> value.arrayLength() > 2);
    JsonValue value = new JsonValue();
    int found = 0;
    for (int i = 0; i < 200_000; i++) {
      byte[] text = Arrays.copyOf(good, random.nextInt(good.length + 1));
      for (int j = random.nextInt(4); j > 0 && text.length > 0; j--) {
        text[random.nextInt(text.length)] =
            random.nextBoolean() ? (byte) random.nextInt() : (byte) "{}[]\",:\\".charAt(i & 7);
      }
      if (value.moveTo(text, text.length, random.nextBoolean() ? PATH : deep)) {
        for (JsonTest test : tests) {
          found += test.matches(value) ? 1 : 0;
        }
      }
    }
    assertThat(found).isPositive();
  }
}
