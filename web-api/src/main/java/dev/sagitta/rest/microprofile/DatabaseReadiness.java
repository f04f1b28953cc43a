package dev.sagitta.rest.microprofile;

import dev.sagitta.rest.health.HealthChecks;
import dev.sagitta.rest.health.HealthReport;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready with the problem of each part that is not. */
@Readiness
@ApplicationScoped
public class DatabaseReadiness implements HealthCheck {
  @Inject private HealthChecks checks;

  @Override
  public HealthCheckResponse call() {
    HealthReport report = checks.report();
    HealthCheckResponseBuilder response =
        HealthCheckResponse.named("sagitta").status(report.isReady());
    report
        .problems()
        .forEach((name, problem) -> response.withData(name, problem.isEmpty() ? "OK" : problem));
    return response.build();
  }
}
