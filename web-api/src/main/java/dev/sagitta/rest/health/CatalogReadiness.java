package dev.sagitta.rest.health;

import static java.util.Objects.requireNonNull;

import dev.sagitta.coordinator.catalog.CatalogFollower;
import java.util.Optional;

/** Ready once this node follows a catalog that has a leader. */
public final class CatalogReadiness implements ReadinessCheck {
  private final CatalogFollower catalog;

  public CatalogReadiness(CatalogFollower catalog) {
    this.catalog = requireNonNull(catalog, "catalog is null");
  }

  @Override
  public String name() {
    return "rootcoord";
  }

  @Override
  public Optional<String> problem() {
    return catalog.current().leaderNodeId().isPresent()
        ? Optional.empty()
        : Optional.of("no leader was elected yet");
  }
}
