package dev.sagitta.engine.filter.number;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sagitta.engine.filter.syntax.ComparisonOperator;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Ranges and sets of numbers around every edge, against BigDecimal and HashSet. */
class TestNumberRanges {
  private static final long[] LONGS = {
    0,
    1,
    -1,
    2,
    1L << 53,
    (1L << 53) + 1,
    -(1L << 53) - 1,
    Long.MAX_VALUE,
    Long.MAX_VALUE - 1,
    Long.MIN_VALUE,
    Long.MIN_VALUE + 1,
    Long.MAX_VALUE - 512,
    Long.MAX_VALUE - 511
  };
  private static final double[] DOUBLES = {
    0,
    -0.0,
    0.5,
    -0.5,
    1,
    1.5,
    0x1p53,
    0x1p53 + 2,
    0x1p63,
    -0x1p63,
    Math.nextDown(0x1p63),
    Math.nextDown(-0x1p63),
    1e300,
    -1e300,
    Double.MIN_VALUE,
    Double.MAX_VALUE
  };

  @Test
  void compareExactly() {
    for (ComparisonOperator operator : ComparisonOperator.values()) {
      for (long constant : LONGS) {
        check(operator, constant, new BigDecimal(constant));
      }
      for (double constant : DOUBLES) {
        if (Double.isFinite(constant)) {
          check(operator, constant, new BigDecimal(constant));
        }
      }
    }
  }

  private static void check(ComparisonOperator operator, Number constant, BigDecimal exact) {
    NumberRange range = NumberRange.of(operator, constant);
    boolean inverted = operator == ComparisonOperator.NOT_EQUAL;
    for (int i = 0; i < LONGS.length; i++) {
      boolean expected = operator.holds(new BigDecimal(LONGS[i]).compareTo(exact)) != inverted;
      String what = LONGS[i] + " " + operator.symbol() + " " + constant;
      assertThat(range.longs().contains(LONGS[i])).as(what).isEqualTo(expected);
      long bits = range.longs().matches(LONGS, LONGS.length);
      assertThat(((bits >>> i) & 1) == 1).as(what).isEqualTo(expected);
    }
    for (int i = 0; i < DOUBLES.length; i++) {
      boolean expected = operator.holds(order(DOUBLES[i], exact)) != inverted;
      String what = DOUBLES[i] + " " + operator.symbol() + " " + constant;
      assertThat(range.doubles().contains(DOUBLES[i])).as(what).isEqualTo(expected);
      long bits = range.doubles().matches(DOUBLES, DOUBLES.length);
      assertThat(((bits >>> i) & 1) == 1).as(what).isEqualTo(expected);
    }
  }

  private static int order(double value, BigDecimal exact) {
    return Double.isInfinite(value)
        ? (int) Math.signum(value)
        : new BigDecimal(value).compareTo(exact);
  }

  @Test
  void takesNoNan() {
    double[] values = {Double.NaN, Double.longBitsToDouble(-1L)};
    for (ComparisonOperator operator : ComparisonOperator.values()) {
      DoubleRange range = DoubleRange.of(operator, 1.0);
      assertThat(range.matches(values, 2) & 3).isZero();
      assertThat(range.contains(Double.NaN)).isFalse();
    }
  }

  @Test
  void setsHoldTheirValues() {
    long seed = new Random().nextLong();
    System.out.println("TestNumberRanges seed=" + seed);
    Random random = new Random(seed);
    for (int size : new int[] {0, 1, 2, 3, 17, 1000, 10_000}) {
      for (int spread : new int[] {1, 10, 1000, Integer.MAX_VALUE}) {
        Set<Long> values = new HashSet<>();
        for (int i = 0; i < size; i++) {
          values.add(random.nextLong(-spread, spread) * (spread == 1000 ? 1L << 40 : 1));
        }
        if (size == 17) {
          values.add(Long.MIN_VALUE);
          values.add(Long.MAX_VALUE);
        }
        check(new LongSet(values.stream().mapToLong(Long::longValue).toArray()), values, random);
      }
    }
  }

  private static void check(LongSet set, Set<Long> values, Random random) {
    assertThat(values).allMatch(set::contains);
    long[] probes = new long[64];
    for (int round = 0; round < 20; round++) {
      for (int i = 0; i < probes.length; i++) {
        probes[i] = i % 3 == 0 ? random.nextLong() : random.nextLong(-20_000, 20_000);
      }
      probes[0] = Long.MIN_VALUE;
      probes[1] = Long.MAX_VALUE;
      probes[2] = Long.MIN_VALUE + 1;
      long bits = set.matches(probes, probes.length);
      for (int i = 0; i < probes.length; i++) {
        assertThat(((bits >>> i) & 1) == 1)
            .as("value=%d", probes[i])
            .isEqualTo(values.contains(probes[i]));
      }
    }
  }
}
