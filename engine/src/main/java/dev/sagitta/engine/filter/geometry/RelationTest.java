package dev.sagitta.engine.filter.geometry;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.geometry.Bounds;
import dev.sagitta.engine.geometry.WellKnownText;
import java.util.Optional;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.TopologyException;
import org.locationtech.jts.operation.relateng.RelateNG;

/**
 * Whether a geometry lies in a relation to a constant one. A geometry that is not valid (a polygon
 * that crosses itself), so that the relation cannot be told, fails.
 *
 * @param wkt the constant
 */
public record RelationTest(SpatialRelation relation, String wkt) implements GeometryTest {
  public RelationTest {
    requireNonNull(relation, "relation is null");
    requireNonNull(wkt, "wkt is null");
  }

  @Override
  public Matcher open() {
    Geometry constant = WellKnownText.parse(wkt);
    Optional<Bounds> near = Bounds.of(constant);
    RelateNG prepared = RelateNG.prepare(constant);
    return wkb -> {
      if (near.isPresent() && !Bounds.ofBinary(wkb).filter(near.get()::meets).isPresent()) {
        return false;
      }
      try {
        return prepared.evaluate(WellKnownText.fromBinary(wkb), relation.ofConstantToRow());
      } catch (TopologyException | IllegalArgumentException e) {
        return false;
      }
    };
  }

  /** Only an empty geometry lies in a relation to an empty one: there are no bounds then. */
  @Override
  public Optional<Bounds> bounds() {
    return Bounds.of(WellKnownText.parse(wkt));
  }
}
