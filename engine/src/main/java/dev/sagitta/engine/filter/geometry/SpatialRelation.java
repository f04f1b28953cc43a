package dev.sagitta.engine.filter.geometry;

import org.locationtech.jts.operation.relateng.RelatePredicate;
import org.locationtech.jts.operation.relateng.TopologyPredicate;

/** Relations of the OGC's simple features: how a row's geometry lies to a constant one. */
public enum SpatialRelation {
  EQUALS,
  TOUCHES,
  OVERLAPS,
  CROSSES,
  CONTAINS,
  INTERSECTS,
  WITHIN;

  /** The predicate for (constant, row); predicates have state and serve once. */
  TopologyPredicate ofConstantToRow() {
    return switch (this) {
      case EQUALS -> RelatePredicate.equalsTopo();
      case TOUCHES -> RelatePredicate.touches();
      case OVERLAPS -> RelatePredicate.overlaps();
      case CROSSES -> RelatePredicate.crosses();
      case CONTAINS -> RelatePredicate.within();
      case INTERSECTS -> RelatePredicate.intersects();
      case WITHIN -> RelatePredicate.contains();
    };
  }
}
