package dev.sagitta.engine.filter;

import dev.sagitta.engine.filter.Reference.Condition;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Random points in time, and conditions on the Timestamptz fields ts and tt. */
final class RandomTimes {
  private static final String[] OPERATORS = {"==", "!=", "<", "<=", ">", ">="};

  private final Random random;

  RandomTimes(Random random) {
    this.random = random;
  }

  long micros() {
    LocalDateTime time =
        switch (random.nextInt(8)) {
          case 0 -> LocalDateTime.of(1969, 12, 31, 23, 59, 59, 999_999_000);
          case 1 -> LocalDateTime.of(2024, 2, 29, 12, 0);
          case 2 -> LocalDateTime.of(2024, random.nextInt(1, 13), 1, 0, 0).minusDays(1);
          default ->
              LocalDateTime.of(2024, 3, random.nextInt(1, 5), random.nextInt(0, 3), 0)
                  .plus(random.nextInt(0, 3), ChronoUnit.MICROS);
        };
    return micros(time.toInstant(ZoneOffset.UTC));
  }

  private static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  private static OffsetDateTime time(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
  }

  Condition condition() {
    return switch (random.nextInt(5)) {
      case 0 -> membership();
      case 1 -> range();
      case 2 -> shifted();
      case 3 -> fields();
      default -> comparison();
    };
  }

  /** The same point in time in some zone; without an offset it is in UTC. */
  private String literal(long micros) {
    String text =
        switch (random.nextInt(3)) {
          case 0 -> DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time(micros));
          case 1 -> DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time(micros)).replace('T', ' ');
          default ->
              DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                  time(micros)
                      .withOffsetSameInstant(
                          ZoneOffset.ofHoursMinutes(random.nextInt(-11, 14), 0)));
        };
    String word = random.nextInt(6) == 0 ? "" : random.nextBoolean() ? "ISO " : "iso ";
    return word + (random.nextBoolean() ? "'" + text + "'" : "\"" + text + "\"");
  }

  private String field() {
    return random.nextBoolean() ? "ts" : "tt";
  }

  private String operator() {
    return OPERATORS[random.nextInt(OPERATORS.length)];
  }

  private Condition comparison() {
    String field = field();
    String operator = operator();
    long constant = micros();
    String text =
        random.nextBoolean()
            ? field + " " + operator + " " + literal(constant)
            : literal(constant) + " " + Reference.swapped(operator) + " " + field;
    return new Condition(
        text,
        row ->
            Optional.ofNullable((Long) row.get(field))
                .map(value -> Reference.holds(operator, Long.compare(value, constant))));
  }

  private Condition membership() {
    String field = field();
    List<Long> constants = Stream.generate(this::micros).limit(random.nextInt(4)).toList();
    boolean negated = random.nextBoolean();
    return new Condition(
        field
            + (negated ? " not in " : " in ")
            + constants.stream().map(this::literal).collect(Collectors.joining(", ", "[", "]")),
        row ->
            Optional.ofNullable((Long) row.get(field))
                .map(value -> constants.contains(value) != negated));
  }

  private Condition range() {
    String field = field();
    long one = micros();
    long two = micros();
    long low = Math.min(one, two);
    long high = Math.max(one, two);
    return new Condition(
        literal(low) + " < " + field + " <= " + literal(high),
        row ->
            Optional.ofNullable((Long) row.get(field)).map(value -> value > low && value <= high));
  }

  private Condition shifted() {
    String field = field();
    String operator = operator();
    long constant = micros();
    boolean calendar = random.nextBoolean();
    int months = calendar ? random.nextInt(14) : 0;
    int days = random.nextInt(3);
    int hours = random.nextInt(3);
    boolean added = random.nextBoolean();
    String interval = (calendar ? "P" + months + "M" : "P") + days + "DT" + hours + "H";
    long sign = added ? 1 : -1;
    return new Condition(
        field
            + (added ? " + " : " - ")
            + (random.nextBoolean() ? "INTERVAL '" : "interval '")
            + interval
            + "' "
            + operator
            + " "
            + literal(constant),
        row ->
            Optional.ofNullable((Long) row.get(field))
                .map(
                    value ->
                        Reference.holds(
                            operator,
                            time(value)
                                .plusMonths(sign * months)
                                .plusDays(sign * days)
                                .plusHours(sign * hours)
                                .compareTo(time(constant)))));
  }

  private Condition fields() {
    String operator = operator();
    return new Condition(
        "ts " + operator + " tt",
        row -> {
          Long left = (Long) row.get("ts");
          Long right = (Long) row.get("tt");
          return left == null || right == null
              ? Optional.empty()
              : Optional.of(Reference.holds(operator, left.compareTo(right)));
        });
  }
}
