package dev.sagitta.engine.geometry;

import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.io.ByteOrderValues;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKBReader;
import org.locationtech.jts.io.WKBWriter;
import org.locationtech.jts.io.WKTReader;
import org.locationtech.jts.io.WKTWriter;

/**
 * Well-known text and binary of OGC 06-103r4: points, lines, polygons, their multiples and
 * collections, with X and Y, and Z where there is one. Stored binary is little-endian.
 */
public final class WellKnownText {
  /** Most bytes of one geometry's binary. */
  public static final int MAXIMUM_BYTES = 2 << 20;

  /** Texts of more characters cannot be short enough as binary. */
  private static final int MAXIMUM_LENGTH = 4 * MAXIMUM_BYTES;

  /** A collection of collections of polygons has six; the parser recurses. */
  private static final int MAXIMUM_NESTING = 32;

  private WellKnownText() {}

  /**
   * The binary of a text.
   *
   * @throws InvalidGeometryException if it is no geometry, not finite or too large
   */
  public static byte[] toBinary(String text) {
    Geometry geometry = parse(text);
    byte[] binary = toBinary(geometry);
    if (binary.length > MAXIMUM_BYTES) {
      throw new InvalidGeometryException(
          "geometry is too large: bytes=" + binary.length + " maximum=" + MAXIMUM_BYTES);
    }
    return binary;
  }

  private static byte[] toBinary(Geometry geometry) {
    return new WKBWriter(dimensions(geometry), ByteOrderValues.LITTLE_ENDIAN).write(geometry);
  }

  /**
   * Parses a text.
   *
   * @throws InvalidGeometryException if it is no geometry or has a coordinate that is not finite
   */
  public static Geometry parse(String text) {
    checkShape(text);
    Geometry geometry;
    try {
      geometry = new WKTReader().read(text);
    } catch (ParseException | IllegalArgumentException e) {
      throw new InvalidGeometryException(e.getMessage(), e);
    }
    for (Coordinate coordinate : geometry.getCoordinates()) {
      if (!Double.isFinite(coordinate.x) || !Double.isFinite(coordinate.y)) {
        throw new InvalidGeometryException("coordinate is not finite: " + coordinate);
      }
    }
    return geometry;
  }

  /** One word, then EMPTY or one pair of parentheses: JTS ignores what follows, and recurses. */
  private static void checkShape(String text) {
    if (text.length() > MAXIMUM_LENGTH) {
      throw new InvalidGeometryException(
          "text is too long: length=" + text.length() + " maximum=" + MAXIMUM_LENGTH);
    }
    int depth = 0;
    boolean complete = false;
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (Character.isWhitespace(character)) {
        continue;
      }
      if (complete) {
        throw new InvalidGeometryException("text behind the geometry: position=" + i);
      }
      if (character == '(') {
        depth++;
      } else if (character == ')') {
        depth--;
        complete = depth == 0;
      } else if (depth == 0 && text.regionMatches(true, i, "EMPTY", 0, 5)) {
        complete = true;
        i += 4;
      }
      if (depth < 0 || depth > MAXIMUM_NESTING) {
        throw new InvalidGeometryException("parentheses do not match: position=" + i);
      }
    }
    if (!complete) {
      throw new InvalidGeometryException("not a geometry: text ends too early");
    }
  }

  /**
   * The geometry of stored binary.
   *
   * @throws InvalidGeometryException if the bytes are damaged
   */
  public static Geometry fromBinary(byte[] binary) {
    try {
      return new WKBReader().read(binary);
    } catch (ParseException | IllegalArgumentException e) {
      throw new InvalidGeometryException("stored geometry cannot be read: " + e.getMessage(), e);
    }
  }

  /** The text of stored binary. */
  public static String toText(byte[] binary) {
    Geometry geometry = fromBinary(binary);
    return new WKTWriter(dimensions(geometry)).write(geometry);
  }

  private static int dimensions(Geometry geometry) {
    for (Coordinate coordinate : geometry.getCoordinates()) {
      if (!Double.isNaN(coordinate.getZ())) {
        return 3;
      }
    }
    return 2;
  }
}
