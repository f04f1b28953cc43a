package dev.sagitta.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Optional;

/** Says whether a server runs on a data directory and whether it is healthy. */
final class StatusCommand {
  private final DataDirectory data;
  private final PrintStream out;

  StatusCommand(Options options, PrintStream out) {
    this.data = new DataDirectory(options.data());
    this.out = out;
  }

  void run() throws IOException {
    Optional<ProcessHandle> running = data.runningServer();
    if (running.isEmpty()) {
      throw new LauncherException("not running on " + data.path());
    }
    String port = data.port().orElse(Integer.toString(Options.DEFAULT_PORT));
    ServerProcess.HttpAnswer health = ServerProcess.get("127.0.0.1:" + port, "/health/ready");
    out.println(
        "Sagitta runs: http://127.0.0.1:"
            + port
            + "  data: "
            + data.path()
            + "  pid: "
            + running.get().pid());
    out.println(
        health.status() == 200
            ? "ready"
            : "not ready: " + health.status() + " " + health.body().strip());
  }
}
