package dev.sagitta.bench.ann;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.util.List;
import org.junit.jupiter.api.Test;

class TestCurve {
  private static final Curve CURVE =
      new Curve(
          List.of(
              new Curve.Point(0.8, 8000), new Curve.Point(0.9, 2000), new Curve.Point(0.98, 500)));

  @Test
  void testBetweenPointsTheLogarithmIsLinear() {
    Curve.Reading reading = CURVE.at(0.85).orElseThrow();
    assertThat(reading.value()).isEqualTo(4000, offset(1e-6));
    assertThat(reading.recall()).isEqualTo(0.85);
    assertThat(CURVE.at(0.94).orElseThrow().value()).isEqualTo(1000, offset(1e-6));
  }

  @Test
  void testAPointStandsForItself() {
    assertThat(CURVE.at(0.9).orElseThrow().value()).isEqualTo(2000, offset(1e-6));
  }

  @Test
  void testLessThanTheLeastEffortIsReadWithItsOwnRecall() {
    assertThat(CURVE.at(0.5)).contains(new Curve.Reading(8000, 0.8));
  }

  @Test
  void testARecallBeyondTheCurveIsNotReached() {
    assertThat(CURVE.at(0.981)).isEmpty();
  }

  @Test
  void testACurveHasPoints() {
    assertThatThrownBy(() -> new Curve(List.of())).hasMessageContaining("no points");
  }
}
