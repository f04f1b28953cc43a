package dev.sagitta.engine.geometry;

import java.util.Optional;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.CoordinateFilter;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.operation.distance.DistanceOp;

/**
 * Distances in metres from one point along a sphere of the earth's mean radius, for geometries in
 * degrees of longitude and latitude. Distances between points are exact (haversine formula: R. W.
 * Sinnott, Virtues of the Haversine, Sky and Telescope 68, 1984). The nearest point of a line or an
 * area is looked for on a plane around the origin (equirectangular projection), which is good as
 * long as it is near: within 100 km and away from the poles the error is below 0.1 %.
 */
public final class SphericalDistance {
  private static final double EARTH_RADIUS_METRES = 6_371_000;
  private static final double METRES_PER_DEGREE = Math.toRadians(EARTH_RADIUS_METRES);

  /** Beyond this latitude, circles around a point are far from round in degrees. */
  private static final double LARGEST_LATITUDE = 85;

  /** Rectangles are made larger by so much, against rounding. */
  private static final double MARGIN = 1.001;

  private static final GeometryFactory FACTORY = new GeometryFactory();

  private final double longitude;
  private final double latitude;
  private final double scale;
  private final Point origin = FACTORY.createPoint(new Coordinate(0, 0));

  /** Distances from a point. */
  public SphericalDistance(double longitude, double latitude) {
    this.longitude = longitude;
    this.latitude = latitude;
    this.scale = Math.cos(Math.toRadians(latitude));
  }

  /** The distance to the geometry's nearest point; infinite if it is empty. */
  public double metresTo(Geometry geometry) {
    if (geometry.isEmpty()) {
      return Double.POSITIVE_INFINITY;
    }
    if (geometry instanceof Point point) {
      return haversine(point.getX() - longitude, point.getY());
    }
    Geometry projected = geometry.copy();
    projected.apply((CoordinateFilter) this::project);
    projected.geometryChanged();
    Coordinate nearest = DistanceOp.nearestPoints(projected, origin)[0];
    double longitudeDifference = scale == 0 ? 0 : nearest.x / scale;
    return haversine(longitudeDifference, nearest.y + latitude);
  }

  private void project(Coordinate coordinate) {
    coordinate.setX(Math.IEEEremainder(coordinate.getX() - longitude, 360) * scale);
    coordinate.setY(coordinate.getY() - latitude);
  }

  private double haversine(double longitudeDifference, double otherLatitude) {
    double latitudeSine = Math.sin(Math.toRadians(otherLatitude - latitude) / 2);
    double longitudeSine = Math.sin(Math.toRadians(longitudeDifference) / 2);
    double square =
        latitudeSine * latitudeSine
            + scale * Math.cos(Math.toRadians(otherLatitude)) * longitudeSine * longitudeSine;
    return 2 * EARTH_RADIUS_METRES * Math.asin(Math.min(1, Math.sqrt(square)));
  }

  /**
   * A rectangle that every geometry within the distance meets; empty near the poles and the 180th
   * meridian, where there is no single one.
   */
  public static Optional<Bounds> boundsAround(double longitude, double latitude, double metres) {
    double latitudes = metres / METRES_PER_DEGREE * MARGIN;
    double farthest = Math.abs(latitude) + latitudes;
    if (!(farthest < LARGEST_LATITUDE)) {
      return Optional.empty();
    }
    double longitudes = latitudes / Math.cos(Math.toRadians(farthest));
    if (!(Math.abs(longitude) + longitudes < 180)) {
      return Optional.empty();
    }
    return Optional.of(
        new Bounds(
            longitude - longitudes,
            latitude - latitudes,
            longitude + longitudes,
            latitude + latitudes));
  }
}
