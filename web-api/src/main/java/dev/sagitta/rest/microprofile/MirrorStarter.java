package dev.sagitta.rest.microprofile;

import dev.sagitta.engine.metrics.MetricRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.eclipse.microprofile.metrics.annotation.RegistryScope;

/** Connects the process's metrics to the server's when the application starts. */
@ApplicationScoped
public class MirrorStarter {
  @Inject
  @RegistryScope(scope = org.eclipse.microprofile.metrics.MetricRegistry.APPLICATION_SCOPE)
  private org.eclipse.microprofile.metrics.MetricRegistry registry;

  void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
    MetricRegistry.process().mirrorTo(new MicroProfileMirror(registry));
  }
}
