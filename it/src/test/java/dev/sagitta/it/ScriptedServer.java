package dev.sagitta.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Payara Server or WildFly with the EAR, run by the project's deploy script as a user runs it. */
final class ScriptedServer implements SmokeServer {
  private final Path script;
  private final Path home;
  private final List<String> stopCommand;
  private final boolean flushesWhenStopped;
  private final Path data;
  private final int port;

  private ScriptedServer(
      String script,
      Path home,
      List<String> stopCommand,
      boolean flushesWhenStopped,
      Path data,
      int port) {
    this.script = Path.of(System.getProperty("sagitta.home"), script).normalize();
    this.home = home;
    this.stopCommand = List.copyOf(stopCommand);
    this.flushesWhenStopped = flushesWhenStopped;
    this.data = data;
    this.port = port;
  }

  static ScriptedServer payara(Path home, Path data) throws IOException {
    List<String> stop =
        List.of("sh", home.resolve("bin/asadmin").toString(), "stop-domain", "domain1");
    return new ScriptedServer(
        "payara-config/server/deploy.sh", home, stop, true, data, Server.freePort());
  }

  static ScriptedServer wildfly(Path home, Path data) throws IOException {
    String cli = home.resolve("bin/jboss-cli.sh").toString();
    List<String> stop = List.of("sh", cli, "--connect", "--command=:shutdown");
    return new ScriptedServer(
        "wildfly-config/deploy.sh", home, stop, false, data, Server.freePort());
  }

  @Override
  public void start() throws IOException, InterruptedException {
    run(List.of("sh", script.toString(), home.toString(), data.toString(), "" + port));
  }

  @Override
  public void stop() throws IOException, InterruptedException {
    run(stopCommand);
  }

  @Override
  public RestClient client() {
    return new RestClient("http://127.0.0.1:" + port);
  }

  @Override
  public boolean flushesWhenStopped() {
    return flushesWhenStopped;
  }

  private static void run(List<String> command) throws IOException, InterruptedException {
    Path output = Files.createTempFile("sagitta-server", ".out");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
      builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
      builder.environment().put("AS_JAVA", System.getProperty("java.home"));
      builder.environment().put("SAGITTA_HEAP", "1g");
      Process process = builder.start();
      if (!process.waitFor(5, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new AssertionError("hangs: " + command);
      }
      if (process.exitValue() != 0) {
        throw new AssertionError(
            command + " failed: " + Files.readString(output, StandardCharsets.UTF_8));
      }
    } finally {
      Files.delete(output);
    }
  }
}
