package dev.sagitta.bench.ann;

import dev.sagitta.bench.side.LineProcess;
import dev.sagitta.bench.side.SideProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Starts sides, all with the same memory settings. */
final class Launcher {
  private static final String HEAP_MAX = "-Xmx4g";

  /** Libraries that would otherwise start threads of their own. */
  private static final Map<String, String> ONE_THREAD =
      Map.of("OMP_NUM_THREADS", "1", "OPENBLAS_NUM_THREADS", "1");

  private final HugePages hugePages;
  private final Drivers drivers;
  private final Path work;
  private int started;

  /**
   * @param work folder for logs and index files
   */
  Launcher(HugePages hugePages, Drivers drivers, Path work) {
    this.hugePages = hugePages;
    this.drivers = drivers;
    this.work = work;
  }

  /** Starts a side written in C++. */
  SideProcess program(String name, String driver, String packages, String... libraries)
      throws IOException {
    return new SideProcess(
        start(name, List.of(drivers.program(driver, packages, libraries).toString())));
  }

  /** Starts a side that runs in a JVM like this one. */
  SideProcess java(String name, String mainClass) throws IOException {
    Path folder = Files.createTempDirectory(work, "side");
    return new SideProcess(javaProcess(name, mainClass, folder.toString()));
  }

  /** Starts any program of the benchmark. */
  LineProcess tool(String driver, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(drivers.program(driver, "").toString());
    command.addAll(List.of(arguments));
    return start(driver, command);
  }

  /** Starts any class of the benchmark that talks line by line. */
  LineProcess javaProcess(String name, String mainClass, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--add-modules",
            "jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:+UseSerialGC",
            HEAP_MAX));
    command.addAll(hugePages.jvmOptions());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
    command.addAll(List.of(arguments));
    return start(name, command);
  }

  private LineProcess start(String name, List<String> command) throws IOException {
    List<String> wrapped = new ArrayList<>();
    if (hugePages == HugePages.OFF) {
      wrapped.add(drivers.program("without_huge_pages", "").toString());
    }
    wrapped.addAll(command);
    Map<String, String> environment = new HashMap<>(ONE_THREAD);
    environment.putAll(hugePages.environment());
    started++;
    String log = String.format("%02d-%s.log", started, name.replaceAll("[^A-Za-z0-9_-]", "-"));
    return new LineProcess(name, wrapped, environment, work.resolve(log));
  }
}
