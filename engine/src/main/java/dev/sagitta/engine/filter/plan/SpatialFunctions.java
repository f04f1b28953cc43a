package dev.sagitta.engine.filter.plan;

import dev.sagitta.engine.filter.evaluate.GeometryCondition;
import dev.sagitta.engine.filter.evaluate.Predicate;
import dev.sagitta.engine.filter.geometry.DistanceTest;
import dev.sagitta.engine.filter.geometry.GeometryTest;
import dev.sagitta.engine.filter.geometry.RelationTest;
import dev.sagitta.engine.filter.geometry.SpatialRelation;
import dev.sagitta.engine.filter.geometry.ValidityTest;
import dev.sagitta.engine.filter.syntax.InvalidExpressionException;
import dev.sagitta.engine.geometry.InvalidGeometryException;
import dev.sagitta.engine.geometry.WellKnownText;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import java.util.List;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Point;

/** {@code st_contains(field, 'WKT')} and the like. */
final class SpatialFunctions {
  private SpatialFunctions() {}

  static FilterFunction relation(SpatialRelation relation) {
    return (name, arguments, negated) -> {
      FilterFunction.requireArguments(name, arguments, 2);
      FieldSchema field = geometryField("spatial", arguments.getFirst());
      String wkt = text(name, arguments.get(1));
      Geometry _ = parse(wkt);
      return plan(field, new RelationTest(relation, wkt), negated);
    };
  }

  static Predicate withinDistance(String name, List<Operand> arguments, boolean negated) {
    FilterFunction.requireArguments(name, arguments, 3);
    FieldSchema field = geometryField("ST_DWITHIN", arguments.getFirst());
    String wkt = text(name, arguments.get(1));
    if (!(parse(wkt) instanceof Point point) || point.isEmpty()) {
      throw new InvalidExpressionException(
          "only supports POINT geometry in st_dwithin, got: " + wkt);
    }
    if (!(arguments.get(2) instanceof Operand.Constant(Object value))) {
      throw new InvalidExpressionException("distance parameter must be a constant numeric value");
    }
    if (!(value instanceof Number number)) {
      throw new InvalidExpressionException(
          "distance parameter must be a numeric value (int or float), got: " + value);
    }
    if (number.doubleValue() < 0) {
      throw new InvalidExpressionException(
          "distance parameter must be non-negative, got: " + number);
    }
    return plan(field, new DistanceTest(point.getX(), point.getY(), number.doubleValue()), negated);
  }

  static Predicate isValid(String name, List<Operand> arguments, boolean negated) {
    FilterFunction.requireArguments(name, arguments, 1);
    return plan(geometryField("STIsValid", arguments.getFirst()), new ValidityTest(), negated);
  }

  private static Predicate plan(FieldSchema field, GeometryTest test, boolean negated) {
    return Leaves.leaf(field, new GeometryCondition(field.id(), test), negated);
  }

  private static FieldSchema geometryField(String operation, Operand operand) {
    if (operand instanceof Operand.Field(FieldSchema field) && field.type() == DataType.GEOMETRY) {
      return field;
    }
    throw new InvalidExpressionException(
        operation
            + " operation are only supported on geometry fields now, got: "
            + operand.type().milvusName());
  }

  private static String text(String name, Operand operand) {
    if (operand instanceof Operand.Constant(String text)) {
      return text;
    }
    throw new InvalidExpressionException(
        "the second argument of " + name + " must be a string of well-known text");
  }

  private static Geometry parse(String wkt) {
    try {
      return WellKnownText.parse(wkt);
    } catch (InvalidGeometryException e) {
      throw new InvalidExpressionException("invalid WKT: " + wkt + ", " + e.getMessage());
    }
  }
}
