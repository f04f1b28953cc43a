package dev.sagitta.rest.health;

import dev.sagitta.coordinator.catalog.CatalogFollower;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;

/** All readiness checks: the catalog's and those that other beans bring. */
@ApplicationScoped
public class HealthChecks {
  @Inject private CatalogFollower catalog;
  @Inject @Any private Instance<ReadinessCheck> others;

  /** Runs all checks. */
  public HealthReport report() {
    List<ReadinessCheck> checks = new ArrayList<>();
    checks.add(new CatalogReadiness(catalog));
    others.forEach(checks::add);
    return HealthReport.of(checks);
  }
}
