package dev.sagitta.rest.health;

import dev.sagitta.coordinator.node.CoordinatorNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All readiness checks: the coordinators' and those that other beans bring. */
@ApplicationScoped
public class HealthChecks {
  @Inject private Instance<CoordinatorNode> coordinators;
  @Inject @Any private Instance<ReadinessCheck> others;

  /** Runs all checks. */
  public HealthReport report() {
    List<ReadinessCheck> checks = new ArrayList<>();
    checks.add(new CoordinatorReadiness());
    others.forEach(checks::add);
    return HealthReport.of(checks);
  }

  /** Ready once this node follows a catalog that has a living leader. */
  private final class CoordinatorReadiness implements ReadinessCheck {
    @Override
    public String name() {
      return "rootcoord";
    }

    @Override
    public Optional<String> problem() {
      return coordinators.get().health().whyNotReady();
    }
  }
}
