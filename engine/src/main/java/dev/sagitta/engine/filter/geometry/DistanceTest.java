package dev.sagitta.engine.filter.geometry;

import dev.sagitta.engine.geometry.Bounds;
import dev.sagitta.engine.geometry.SphericalDistance;
import dev.sagitta.engine.geometry.WellKnownText;
import java.util.Optional;

/**
 * Whether the nearest point of a geometry is at most so far from a constant point, along the
 * earth's surface; see {@link SphericalDistance}.
 *
 * @param longitude of the constant point, in degrees
 * @param latitude of the constant point, in degrees
 */
public record DistanceTest(double longitude, double latitude, double metres)
    implements GeometryTest {

  @Override
  public Matcher open() {
    Optional<Bounds> near = bounds();
    SphericalDistance distance = new SphericalDistance(longitude, latitude);
    return wkb ->
        (near.isEmpty() || Bounds.ofBinary(wkb).filter(near.get()::meets).isPresent())
            && distance.metresTo(WellKnownText.fromBinary(wkb)) <= metres;
  }

  @Override
  public Optional<Bounds> bounds() {
    return SphericalDistance.boundsAround(longitude, latitude, metres);
  }
}
