package dev.sagitta.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes the start-up cache (JEP 483, JEP 514, JEP 515): one start of the real server with recording
 * on. The cache belongs to this JDK and these archives and is made again when they change.
 */
final class TrainCommand {
  private final Options options;
  private final PrintStream out;

  TrainCommand(Options options, PrintStream out) {
    this.options = options;
    this.out = out;
  }

  static Path cacheFile(Options options) {
    return options.distribution().resolveSibling("sagitta.aot");
  }

  void run() throws IOException, InterruptedException {
    Path cache = cacheFile(options);
    Path unfinished = cache.resolveSibling("sagitta.aot.unfinished");
    Path directory = Files.createTempDirectory("sagitta-training");
    try {
      Options training =
          new Options(
              options.home(),
              options.distribution(),
              directory,
              freePort(),
              Optional.empty(),
              Map.of());
      DataDirectory data = new DataDirectory(directory);
      data.prepare();
      Process process =
          ServerProcess.start(
              training,
              data,
              List.of("-XX:AOTCacheOutput=" + unfinished),
              UpCommand.nodeSettings(training, data));
      try {
        ServerProcess.awaitReady(process, training.port(), data);
      } finally {
        ServerProcess.stop(process.toHandle());
      }
      if (!Files.exists(unfinished)) {
        throw new LauncherException("no start-up cache was written; the server starts without it");
      }
      Files.move(unfinished, cache, StandardCopyOption.ATOMIC_MOVE);
      out.println("start-up cache: " + cache + " (" + (Files.size(cache) >> 20) + " MiB)");
    } finally {
      Files.deleteIfExists(unfinished);
      PayaraMicroRoot.deleteTree(directory);
    }
  }

  /** A port whose two successors are free as well. */
  private static int freePort() throws IOException {
    for (int attempt = 0; attempt < 50; attempt++) {
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        int port = socket.getLocalPort();
        if (port < 65_000 && isFree(port + 1) && isFree(port + 2)) {
          return port;
        }
      }
    }
    throw new LauncherException("found no free port for the training run");
  }

  private static boolean isFree(int port) throws IOException {
    try {
      UpCommand.checkPortIsFree(port);
      return true;
    } catch (LauncherException e) {
      return false;
    }
  }
}
