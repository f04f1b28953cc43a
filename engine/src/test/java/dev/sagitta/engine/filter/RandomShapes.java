package dev.sagitta.engine.filter;

import dev.sagitta.engine.filter.Reference.Condition;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Random points and boxes on a small grid, and conditions on the Geometry fields g and p (points):
 * their relations are comparisons of whole numbers.
 */
final class RandomShapes {
  private static final String[] RELATIONS = {
    "equals", "touches", "overlaps", "crosses", "contains", "intersects", "within"
  };
  private static final Pattern NUMBER = Pattern.compile("-?\\d+");
  private static final int GRID = 6;
  private static final double EARTH_RADIUS = 6_371_000;

  private final Random random;

  RandomShapes(Random random) {
    this.random = random;
  }

  /** A box, or a point if its sides are 0. */
  private record Shape(int left, int bottom, int right, int top) {
    boolean isPoint() {
      return left == right;
    }

    String wkt() {
      return isPoint()
          ? "POINT (" + left + " " + bottom + ")"
          : String.format(
              "POLYGON ((%d %d, %d %d, %d %d, %d %d, %d %d))",
              left, bottom, right, bottom, right, top, left, top, left, bottom);
    }

    static Shape of(String wkt) {
      Matcher matcher = NUMBER.matcher(wkt);
      int[] numbers =
          matcher.results().mapToInt(number -> Integer.parseInt(number.group())).toArray();
      return numbers.length == 2
          ? new Shape(numbers[0], numbers[1], numbers[0], numbers[1])
          : new Shape(numbers[0], numbers[1], numbers[4], numbers[5]);
    }

    boolean intersects(Shape other) {
      return left <= other.right
          && other.left <= right
          && bottom <= other.top
          && other.bottom <= top;
    }

    boolean interiorsMeet(Shape other) {
      if (isPoint() && other.isPoint()) {
        return equals(other);
      }
      return left < other.right && other.left < right && bottom < other.top && other.bottom < top;
    }

    boolean within(Shape other) {
      return interiorsMeet(other)
          && left >= other.left
          && right <= other.right
          && bottom >= other.bottom
          && top <= other.top;
    }

    boolean relates(String relation, Shape other) {
      return switch (relation) {
        case "equals" -> equals(other);
        case "touches" -> intersects(other) && !interiorsMeet(other);
        case "overlaps" ->
            !isPoint()
                && !other.isPoint()
                && interiorsMeet(other)
                && !within(other)
                && !other.within(this);
        case "crosses" -> false;
        case "contains" -> other.within(this);
        case "intersects" -> intersects(other);
        default -> within(other);
      };
    }
  }

  private Shape shape() {
    int left = random.nextInt(GRID);
    int bottom = random.nextInt(GRID);
    return random.nextBoolean()
        ? new Shape(left, bottom, left, bottom)
        : new Shape(left, bottom, left + random.nextInt(1, 4), bottom + random.nextInt(1, 4));
  }

  String wkt() {
    return shape().wkt();
  }

  String point() {
    return "POINT (" + random.nextInt(GRID) + " " + random.nextInt(GRID) + ")";
  }

  Condition condition() {
    if (random.nextInt(5) == 0) {
      return distance();
    }
    if (random.nextInt(10) == 0) {
      return new Condition(
          "st_isvalid(g)", row -> Optional.ofNullable(row.get("g")).map(_ -> true));
    }
    String relation = RELATIONS[random.nextInt(RELATIONS.length)];
    Shape constant = shape();
    String function = "st_" + relation;
    return new Condition(
        (random.nextBoolean() ? function : function.toUpperCase(java.util.Locale.ROOT))
            + "(g, '"
            + constant.wkt()
            + "')",
        row ->
            Optional.ofNullable((String) row.get("g"))
                .map(wkt -> Shape.of(wkt).relates(relation, constant)));
  }

  /** Points only: the nearest point of a box is found on a plane. */
  private Condition distance() {
    double longitude = random.nextDouble(GRID);
    double latitude = random.nextDouble(GRID);
    double metres = random.nextDouble(600_000);
    return new Condition(
        "st_dwithin(p, 'POINT(" + longitude + " " + latitude + ")', " + metres + ")",
        row ->
            Optional.ofNullable((String) row.get("p"))
                .map(wkt -> metres(Shape.of(wkt), longitude, latitude) <= metres));
  }

  /** The angle between two directions, from their vectors. */
  private static double metres(Shape point, double longitude, double latitude) {
    double[] one = vector(point.left(), point.bottom());
    double[] two = vector(longitude, latitude);
    double x = one[1] * two[2] - one[2] * two[1];
    double y = one[2] * two[0] - one[0] * two[2];
    double z = one[0] * two[1] - one[1] * two[0];
    double cosine = one[0] * two[0] + one[1] * two[1] + one[2] * two[2];
    return EARTH_RADIUS * Math.atan2(Math.sqrt(x * x + y * y + z * z), cosine);
  }

  private static double[] vector(double longitude, double latitude) {
    double meridian = Math.toRadians(longitude);
    double parallel = Math.toRadians(latitude);
    return new double[] {
      Math.cos(parallel) * Math.cos(meridian),
      Math.cos(parallel) * Math.sin(meridian),
      Math.sin(parallel)
    };
  }
}
