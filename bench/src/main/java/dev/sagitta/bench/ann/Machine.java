package dev.sagitta.bench.ann;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What the measurements were taken on. */
final class Machine {
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

  private Machine() {}

  static String describe(HugePages hugePages) throws IOException {
    String model = "unknown processor";
    if (Files.isReadable(PROCESSORS)) {
      model =
          Files.readAllLines(PROCESSORS).stream()
              .filter(line -> line.startsWith("model name"))
              .map(line -> line.substring(line.indexOf(':') + 2))
              .findFirst()
              .orElse(model);
    }
    return String.format(
        Locale.ROOT,
        "%d x %s; Java %s (%s); huge pages %s; %s",
        Runtime.getRuntime().availableProcessors(),
        model,
        System.getProperty("java.runtime.version"),
        System.getProperty("java.vendor"),
        hugePages.describe(),
        load());
  }

  /** The load average, with a warning if others use the machine. */
  static String load() {
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    return String.format(
        Locale.ROOT,
        "load average %.1f%s",
        load,
        load > 1.5 ? " (others use the machine: trust ratios and processor time only)" : "");
  }
}
