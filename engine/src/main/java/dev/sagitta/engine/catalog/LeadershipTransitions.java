package dev.sagitta.engine.catalog;

import static dev.sagitta.engine.catalog.CatalogTransitions.require;

import java.util.Optional;

/** Epochs and the timestamp oracle's bound. */
final class LeadershipTransitions {
  private LeadershipTransitions() {}

  static CatalogSnapshot start(CatalogSnapshot snapshot, CatalogChange.EpochStarted change) {
    require(change.epoch() == snapshot.epoch() + 1, "epoch is not the next one", change);
    return new CatalogSnapshot(
        snapshot.version(),
        change.epoch(),
        Optional.of(change.nodeId()),
        snapshot.timestampBound(),
        snapshot.databases(),
        snapshot.collections(),
        snapshot.aliases(),
        snapshot.vchannels(),
        snapshot.segments());
  }

  static CatalogSnapshot raise(
      CatalogSnapshot snapshot, CatalogChange.TimestampBoundRaised change) {
    require(change.bound() > snapshot.timestampBound(), "bound is not larger", change);
    return new CatalogSnapshot(
        snapshot.version(),
        snapshot.epoch(),
        snapshot.leaderNodeId(),
        change.bound(),
        snapshot.databases(),
        snapshot.collections(),
        snapshot.aliases(),
        snapshot.vchannels(),
        snapshot.segments());
  }
}
