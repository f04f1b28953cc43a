package dev.sagitta.it;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A database process started with the launcher, as a user starts it. */
final class Server implements AutoCloseable {
  private final Path data;
  private final int port;
  private final Map<String, String> settings;
  private final List<String> extraArguments;

  private Server(Path data, int port, Map<String, String> settings, List<String> extraArguments) {
    this.data = data;
    this.port = port;
    this.settings = new LinkedHashMap<>(settings);
    this.extraArguments = List.copyOf(extraArguments);
  }

  static Server start(Path data) throws IOException, InterruptedException {
    return start(data, Map.of());
  }

  static Server start(Path data, Map<String, String> settings, String... extraArguments)
      throws IOException, InterruptedException {
    Server server = prepare(data, settings, extraArguments);
    server.up();
    return server;
  }

  /** A server with a port of its own that is not started yet. */
  static Server prepare(Path data, Map<String, String> settings, String... extraArguments)
      throws IOException {
    return new Server(data, freePort(), settings, List.of(extraArguments));
  }

  /** Starts the process and waits until it serves. */
  void up() throws IOException, InterruptedException {
    LauncherResult result = launcher(upArguments());
    if (result.status() != 0) {
      throw new AssertionError("up failed: " + result.output());
    }
  }

  private List<String> upArguments() {
    List<String> arguments =
        new ArrayList<>(List.of("up", "--data", data.toString(), "--port", "" + port));
    settings.forEach((key, value) -> arguments.addAll(List.of("--set", key + "=" + value)));
    arguments.addAll(extraArguments);
    return arguments;
  }

  Path data() {
    return data;
  }

  int port() {
    return port;
  }

  RestClient client() {
    return new RestClient("http://127.0.0.1:" + port);
  }

  long pid() throws IOException {
    return Long.parseLong(Files.readString(data.resolve("server.pid")).trim());
  }

  /** Ends the process as a power failure would. */
  void killNine() throws IOException, InterruptedException {
    ProcessHandle process = ProcessHandle.of(pid()).orElseThrow();
    process.destroyForcibly();
    try {
      process.onExit().get(30, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("process did not die: pid=" + process.pid(), e);
    }
  }

  void down() throws IOException, InterruptedException {
    LauncherResult result = launcher(List.of("down", "--data", data.toString()));
    if (result.status() != 0) {
      throw new AssertionError("down failed: " + result.output());
    }
  }

  /** Resident memory of the process, in bytes. */
  long residentBytes() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + pid() + "/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) << 10;
      }
    }
    throw new IllegalStateException("no VmRSS line");
  }

  @Override
  public void close() throws IOException {
    try {
      launcher(List.of("down", "--data", data.toString()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What the launcher said and how it ended. */
  record LauncherResult(int status, String output) {}

  static LauncherResult launcher(List<String> arguments) throws IOException, InterruptedException {
    return launcher(List.of(), arguments);
  }

  /**
   * Runs the launcher.
   *
   * @param wrapper a command that runs the command behind its own arguments; may be empty
   */
  static LauncherResult launcher(List<String> wrapper, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(wrapper);
    command.add(Path.of(System.getProperty("sagitta.home"), "sagitta").normalize().toString());
    command.addAll(arguments);
    Path output = Files.createTempFile("sagitta-launcher", ".out");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
      // The build under test is the one that runs these tests: never build again from here.
      builder.environment().put("SAGITTA_NO_BUILD", "true");
      Process process = builder.start();
      if (!process.waitFor(4, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new AssertionError("launcher hangs: " + command);
      }
      return new LauncherResult(
          process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    } finally {
      Files.delete(output);
    }
  }

  /** A port that is free together with the two after it. */
  static int freePort() throws IOException {
    for (int attempt = 0; attempt < 100; attempt++) {
      try (ServerSocket first = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
          ServerSocket second =
              new ServerSocket(first.getLocalPort() + 1, 1, InetAddress.getLoopbackAddress());
          ServerSocket third =
              new ServerSocket(first.getLocalPort() + 2, 1, InetAddress.getLoopbackAddress())) {
        return third.getLocalPort() - 2 + (second.getLocalPort() - first.getLocalPort() - 1);
      } catch (IOException e) {
        // taken: try another one
      }
    }
    throw new IOException("no three free ports in a row");
  }
}
