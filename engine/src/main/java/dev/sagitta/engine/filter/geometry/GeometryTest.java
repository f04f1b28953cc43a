package dev.sagitta.engine.filter.geometry;

import dev.sagitta.engine.geometry.Bounds;
import java.util.Optional;

/** A test of geometries. Immutable. */
public sealed interface GeometryTest permits RelationTest, DistanceTest, ValidityTest {

  /** Starts a run; the matcher is used by one thread. */
  Matcher open();

  /** Geometries whose bounds do not meet these fail; empty if that says nothing. */
  Optional<Bounds> bounds();

  /** Tests geometries one by one. */
  @FunctionalInterface
  interface Matcher {
    /** Whether the geometry of that well-known binary passes. */
    boolean matches(byte[] wkb);
  }
}
