package dev.sagitta.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A server on Payara Micro: how it is started, watched until it serves, and stopped. */
final class ServerProcess {
  static final Duration READY_TIMEOUT = Duration.ofMinutes(3);
  static final Duration STOP_TIMEOUT = Duration.ofMinutes(1);
  private static final String READY_PATH = "/health/ready";

  private ServerProcess() {}

  static Process start(
      Options options,
      DataDirectory data,
      List<String> extraJvmOptions,
      Map<String, String> settings)
      throws IOException, InterruptedException {
    JavaRuntime java = JavaRuntime.current();
    Path root = PayaraMicroRoot.unpacked(options, java);
    PayaraMicroRoot.copy(root, data.run());
    for (String resource : List.of("pre-boot-commands.txt", "logging.properties")) {
      copyResource(resource, data.run().resolve(resource), data);
    }
    List<String> command = new ArrayList<>();
    command.addAll(detachingPrefix());
    command.add(java.executable().toString());
    command.addAll(java.serverOptions(data));
    command.addAll(extraJvmOptions);
    settings.forEach((key, value) -> command.add("-D" + key + "=" + value));
    command.addAll(PayaraMicroRoot.launchArguments(root, data.run()));
    command.addAll(
        List.of(
            "--nohazelcast",
            "--port",
            Integer.toString(options.port()),
            "--prebootcommandfile",
            data.run().resolve("pre-boot-commands.txt").toString(),
            "--logproperties",
            data.run().resolve("logging.properties").toString(),
            "--contextroot",
            "/"));
    for (String archive : List.of("object-store.rar", "wal.rar", "sagitta.war")) {
      command.add("--deploy");
      command.add(options.distribution().resolve(archive).toString());
    }
    return new ProcessBuilder(command)
        .directory(data.run().toFile())
        .redirectErrorStream(true)
        .redirectOutput(data.logs().resolve("console.log").toFile())
        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
        .start();
  }

  /** A session of its own, so that Ctrl-C in the terminal does not reach the server. */
  private static List<String> detachingPrefix() {
    return Stream.of("/usr/bin/setsid", "/bin/setsid")
        .filter(path -> Files.isExecutable(Path.of(path)))
        .findFirst()
        .map(List::of)
        .orElse(List.of());
  }

  private static void copyResource(String name, Path target, DataDirectory data)
      throws IOException {
    try (InputStream resource = ServerProcess.class.getResourceAsStream(name)) {
      if (resource == null) {
        throw new IllegalStateException("resource is missing: " + name);
      }
      String text = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
      Files.writeString(target, text.replace("${logs}", data.logs().toString()));
    }
  }

  /** Waits until the server answers that it is ready; says why if it dies or takes too long. */
  static void awaitReady(Process process, int port, DataDirectory data)
      throws InterruptedException {
    long end = System.nanoTime() + READY_TIMEOUT.toNanos();
    String last = "no answer yet";
    while (System.nanoTime() < end) {
      if (process.waitFor(100, TimeUnit.MILLISECONDS)) {
        throw new LauncherException(
            "the server ended with status "
                + process.exitValue()
                + " while starting: see "
                + data.logs()
                + lastProblem(data));
      }
      HttpAnswer answer = get(port, READY_PATH);
      if (answer.status() == 200) {
        return;
      }
      last = answer.status() == 0 ? last : answer.status() + " " + answer.body().strip();
    }
    throw new LauncherException(
        "the server is not ready after "
            + READY_TIMEOUT.toSeconds()
            + " s: "
            + last
            + "; see "
            + data.logs());
  }

  private static String lastProblem(DataDirectory data) {
    for (String name : List.of("server.0.log", "console.log")) {
      Path log = data.logs().resolve(name);
      if (!Files.exists(log)) {
        continue;
      }
      try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
        List<String> problems =
            lines.filter(line -> line.contains("SEVERE") || line.contains("Exception")).toList();
        if (!problems.isEmpty()) {
          return ": " + problems.getLast().strip();
        }
      } catch (IOException e) {
        return "";
      }
    }
    return "";
  }

  /** Stops the server by SIGTERM, and by SIGKILL when it does not end in time. */
  static boolean stop(ProcessHandle process) throws InterruptedException {
    process.destroy();
    if (awaitEnd(process, STOP_TIMEOUT)) {
      return true;
    }
    process.destroyForcibly();
    awaitEnd(process, STOP_TIMEOUT);
    return false;
  }

  private static boolean awaitEnd(ProcessHandle process, Duration timeout)
      throws InterruptedException {
    try {
      process.onExit().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (java.util.concurrent.TimeoutException e) {
      return false;
    } catch (java.util.concurrent.ExecutionException e) {
      throw new IllegalStateException("cannot watch process: pid=" + process.pid(), e);
    }
  }

  /** Status 0 when nothing answers. */
  record HttpAnswer(int status, String body) {}

  static HttpAnswer get(int port, String path) {
    return get("127.0.0.1:" + port, path);
  }

  static HttpAnswer get(String address, String path) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) URI.create("http://" + address + path).toURL().openConnection();
      connection.setConnectTimeout(1_000);
      connection.setReadTimeout(5_000);
      int status = connection.getResponseCode();
      try (InputStream body =
          status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
        String text =
            body == null ? "" : new String(body.readNBytes(1 << 16), StandardCharsets.UTF_8);
        return new HttpAnswer(status, text);
      }
    } catch (IOException e) {
      return new HttpAnswer(0, e.toString());
    }
  }
}
