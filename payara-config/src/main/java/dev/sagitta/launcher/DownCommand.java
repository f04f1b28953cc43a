package dev.sagitta.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.util.Optional;

/** Stops the server of a data directory. */
final class DownCommand {
  private final DataDirectory data;
  private final PrintStream out;

  DownCommand(Options options, PrintStream out) {
    this.data = new DataDirectory(options.data());
    this.out = out;
  }

  void run() throws IOException, InterruptedException {
    Optional<ProcessHandle> running = data.runningServer();
    if (running.isEmpty()) {
      out.println("Sagitta is not running on " + data.path());
      return;
    }
    boolean clean = ServerProcess.stop(running.get());
    Files.deleteIfExists(data.pidFile());
    if (!clean) {
      throw new LauncherException(
          "the server did not stop within "
              + ServerProcess.STOP_TIMEOUT.toSeconds()
              + " s and was killed; acknowledged writes are safe");
    }
    out.println("Sagitta is down");
  }
}
