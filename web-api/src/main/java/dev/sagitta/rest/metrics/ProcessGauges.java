package dev.sagitta.rest.metrics;

import com.sun.management.OperatingSystemMXBean;
import dev.sagitta.engine.metrics.Labels;
import dev.sagitta.engine.metrics.MetricRegistry;
import java.lang.management.ManagementFactory;

/** What this process takes of the machine, under the names that Prometheus's clients use. */
public final class ProcessGauges {
  private ProcessGauges() {}

  public static void register(MetricRegistry registry) {
    OperatingSystemMXBean process =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    registry.gauge(
        "process_cpu_seconds_total",
        "Seconds of processor time since the process began",
        Labels.NONE,
        () -> process.getProcessCpuTime() / 1e9);
  }
}
