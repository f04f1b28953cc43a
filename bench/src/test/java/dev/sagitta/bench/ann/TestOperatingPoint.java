package dev.sagitta.bench.ann;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TestOperatingPoint {
  @Test
  void testTheFrontLeavesOutWhatIsBeatenInBoth() {
    OperatingPoint fast = point("a", 0.7, 900);
    OperatingPoint middle = point("b", 0.9, 500);
    OperatingPoint beaten = point("c", 0.85, 400);
    OperatingPoint equalButSlower = point("d", 0.9, 450);
    OperatingPoint exact = point("e", 1.0, 100);
    assertThat(OperatingPoint.front(List.of(exact, beaten, fast, equalButSlower, middle)))
        .containsExactly(fast, middle, exact);
  }

  @Test
  void testAPointBelowTheLeastRecallIsKeptToInterpolateFrom() {
    List<OperatingPoint> front =
        List.of(point("a", 0.5, 9), point("b", 0.7, 8), point("c", 0.85, 7), point("d", 0.9, 6));
    assertThat(OperatingPoint.from(0.8, front)).isEqualTo(front.subList(1, 4));
    assertThat(OperatingPoint.from(0.4, front)).isEqualTo(front);
    assertThat(OperatingPoint.from(0.99, front)).isEqualTo(front.subList(3, 4));
  }

  @Test
  void testAroundARecallLieTwoPointsOnEitherSide() {
    List<OperatingPoint> front =
        List.of(
            point("a", 0.6, 9),
            point("b", 0.7, 8),
            point("c", 0.8, 7),
            point("d", 0.96, 6),
            point("e", 0.97, 5),
            point("f", 0.98, 4));
    assertThat(OperatingPoint.around(0.95, front)).isEqualTo(front.subList(1, 5));
    assertThat(OperatingPoint.around(0.5, front)).isEqualTo(front.subList(0, 2));
    assertThat(OperatingPoint.around(0.99, front)).isEqualTo(front.subList(4, 6));
  }

  private static OperatingPoint point(String name, double recall, double rate) {
    return new OperatingPoint(Map.of("name", name), recall, rate);
  }
}
