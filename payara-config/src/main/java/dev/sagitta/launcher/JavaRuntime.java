package dev.sagitta.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The JDK that runs this launcher, and the options our server needs from it. */
record JavaRuntime(Path executable) {
  static JavaRuntime current() {
    return new JavaRuntime(Path.of(System.getProperty("java.home"), "bin", "java"));
  }

  /** JVM options of a server process. */
  List<String> serverOptions(DataDirectory data) {
    List<String> options = new ArrayList<>();
    options.add("-XX:+UseCompactObjectHeaders");
    options.add("-Xms96m");
    String heap = System.getenv("SAGITTA_HEAP");
    if (heap == null || heap.isBlank()) {
      options.add("-XX:MaxRAMPercentage=25");
    } else {
      options.add("-Xmx" + heap.trim());
    }
    // An idle database gives memory back.
    options.add("-XX:G1PeriodicGCInterval=30000");
    options.add("-XX:MinHeapFreeRatio=10");
    options.add("-XX:MaxHeapFreeRatio=30");
    // A heap that is kept small is always half full of what stays: the adaptive threshold would
    // mark
    // it again and again under load, to find nothing to free.
    options.add("-XX:-G1UseAdaptiveIHOP");
    options.add("-XX:InitiatingHeapOccupancyPercent=75");
    options.add("-XX:+ExitOnOutOfMemoryError");
    options.add("-XX:+HeapDumpOnOutOfMemoryError");
    options.add("-XX:HeapDumpPath=" + data.logs());
    options.add("-XX:ErrorFile=" + data.logs().resolve("jvm-crash-%p.log"));
    options.add("--add-modules");
    options.add("jdk.incubator.vector");
    options.add("--enable-native-access=ALL-UNNAMED");
    options.add("--sun-misc-unsafe-memory-access=allow");
    options.add("-Djava.awt.headless=true");
    return options;
  }

  /** The option that uses the start-up cache, when there is one. */
  static List<String> cacheOptions(Path cache) {
    return Files.exists(cache)
        ? List.of("-XX:AOTCache=" + cache, "-Xlog:aot=off", "-Xlog:cds=off")
        : List.of();
  }
}
