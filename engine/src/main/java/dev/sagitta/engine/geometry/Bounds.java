package dev.sagitta.engine.geometry;

import dev.sagitta.engine.storage.LittleEndian;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;

/** The smallest rectangle around a geometry that is not empty. */
public record Bounds(double minX, double minY, double maxX, double maxY) {
  private static final int POINT = 1;

  /** Bytes of a point of two dimensions: byte order, type, X and Y. */
  private static final int POINT_BYTES = 21;

  private static final int X_POSITION = 5;
  private static final int Y_POSITION = 13;

  public Bounds {
    if (!(minX <= maxX && minY <= maxY)) {
      throw new IllegalArgumentException(
          "no bounds: minX=" + minX + " minY=" + minY + " maxX=" + maxX + " maxY=" + maxY);
    }
  }

  /** The bounds of a geometry; empty if it has no points. */
  public static Optional<Bounds> of(Geometry geometry) {
    Envelope envelope = geometry.getEnvelopeInternal();
    return envelope.isNull()
        ? Optional.empty()
        : Optional.of(
            new Bounds(
                envelope.getMinX(), envelope.getMinY(), envelope.getMaxX(), envelope.getMaxY()));
  }

  /** The bounds of a stored geometry; empty if it has no points. Points are not parsed. */
  public static Optional<Bounds> ofBinary(byte[] wkb) {
    MemorySegment memory = MemorySegment.ofArray(wkb);
    if (wkb.length == POINT_BYTES && memory.get(LittleEndian.INT, 1) == POINT) {
      double x = memory.get(LittleEndian.DOUBLE, X_POSITION);
      double y = memory.get(LittleEndian.DOUBLE, Y_POSITION);
      // An empty point is written as NaN.
      return Double.isNaN(x) ? Optional.empty() : Optional.of(new Bounds(x, y, x, y));
    }
    return of(WellKnownText.fromBinary(wkb));
  }

  /** Whether both have a point in common, their edges included. */
  public boolean meets(Bounds other) {
    return minX <= other.maxX && other.minX <= maxX && minY <= other.maxY && other.minY <= maxY;
  }
}
