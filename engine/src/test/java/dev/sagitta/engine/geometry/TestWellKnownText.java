package dev.sagitta.engine.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Text to binary and back, what is refused, bounds and distances. */
final class TestWellKnownText {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "POINT (30.123 -10.456)",
        "POINT EMPTY",
        "LINESTRING (30 10, 10 30, 40 40)",
        "POLYGON ((35 10, 45 45, 15 40, 10 20, 35 10), (20 30, 35 35, 30 20, 20 30))",
        "MULTIPOINT ((10 40), (40 30))",
        "MULTILINESTRING ((10 10, 20 20), (40 40, 30 30))",
        "MULTIPOLYGON (((30 20, 45 40, 10 40, 30 20)), ((15 5, 40 10, 10 20, 15 5)))",
        "GEOMETRYCOLLECTION (POINT (40 10), LINESTRING (10 10, 20 20))",
        "GEOMETRYCOLLECTION EMPTY",
        "POLYGON EMPTY",
        "POINT Z(1 2 3)",
        "POINT (0.1 123456789.12345679)"
      })
  void comesBackAsItWas(String text) {
    assertThat(WellKnownText.toText(WellKnownText.toBinary(text))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "  point(1   2) ; POINT (1 2)",
        "MultiPoint (1 2, 3 4) ; MULTIPOINT ((1 2), (3 4))",
        "POINT(1e3 -2.50) ; POINT (1000 -2.5)",
        "Polygon empty ; POLYGON EMPTY",
      })
  void isWrittenInOneForm(String text, String expected) {
    assertThat(WellKnownText.toText(WellKnownText.toBinary(text))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "POINT",
        "POINT (1)",
        "POINT (1 2",
        "POINT 1 2)",
        "POINT (1 2) POINT (3 4)",
        "POINT EMPTY x",
        "POINT (a b)",
        "POINT (NaN 1)",
        "POINT (1 Infinity)",
        "CIRCLE (1 2 3)",
        "POLYGON ((0 0, 1 1, 2 2))",
        "POLYGON ((0 0, 1 1))",
        "LINESTRING (1 1)",
        "(1 2)",
        "))((",
        "POINT (1 2))",
        "{\"type\": \"Point\"}"
      })
  void refuses(String text) {
    assertThatThrownBy(() -> WellKnownText.toBinary(text))
        .isInstanceOf(InvalidGeometryException.class);
  }

  @Test
  void refusesDeepNestingWithoutOverflowingTheStack() {
    int depth = 50_000;
    String text = "GEOMETRYCOLLECTION (".repeat(depth) + "POINT (1 1)" + ")".repeat(depth);
    assertThatThrownBy(() -> WellKnownText.toBinary(text))
        .isInstanceOf(InvalidGeometryException.class);
  }

  @Test
  void findsBounds() {
    assertThat(Bounds.ofBinary(WellKnownText.toBinary("POINT (3 -4)")))
        .contains(new Bounds(3, -4, 3, -4));
    assertThat(Bounds.ofBinary(WellKnownText.toBinary("POINT EMPTY"))).isEmpty();
    assertThat(Bounds.ofBinary(WellKnownText.toBinary("POINT Z (3 -4 9)")))
        .contains(new Bounds(3, -4, 3, -4));
    assertThat(Bounds.ofBinary(WellKnownText.toBinary("LINESTRING (1 5, 3 2)")))
        .contains(new Bounds(1, 2, 3, 5));
  }

  @Test
  void measuresAlongTheEarth() {
    SphericalDistance fromBerlin = new SphericalDistance(13.4, 52.52);
    assertThat(fromBerlin.metresTo(WellKnownText.parse("POINT (2.35 48.86)")))
        .isCloseTo(877_000, within(2000.0));
    assertThat(fromBerlin.metresTo(WellKnownText.parse("POLYGON ((13 52, 14 52, 13.5 54, 13 52))")))
        .isZero();
    assertThat(fromBerlin.metresTo(WellKnownText.parse("LINESTRING (13.5 52, 13.5 53)")))
        .isCloseTo(6765, within(10.0));
    assertThat(fromBerlin.metresTo(WellKnownText.parse("POINT EMPTY"))).isInfinite();
  }

  @Test
  void knowsWhereNearThingsAre() {
    Bounds near = SphericalDistance.boundsAround(13.4, 52.52, 10_000).orElseThrow();
    SphericalDistance distance = new SphericalDistance(13.4, 52.52);
    for (int degrees = 0; degrees < 360; degrees++) {
      double x = 13.4 + 0.1476 * Math.cos(Math.toRadians(degrees));
      double y = 52.52 + 0.0899 * Math.sin(Math.toRadians(degrees));
      assertThat(distance.metresTo(WellKnownText.parse("POINT (" + x + " " + y + ")")))
          .isCloseTo(10_000, within(100.0));
      assertThat(near.meets(new Bounds(x, y, x, y))).isTrue();
    }
    assertThat(SphericalDistance.boundsAround(179.99, 0, 10_000)).isEqualTo(Optional.empty());
    assertThat(SphericalDistance.boundsAround(0, 89, 10_000)).isEqualTo(Optional.empty());
    assertThat(SphericalDistance.boundsAround(0, 0, 30_000_000)).isEqualTo(Optional.empty());
  }
}
