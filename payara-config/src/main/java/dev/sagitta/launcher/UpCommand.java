package dev.sagitta.launcher;

import dev.sagitta.engine.configuration.ConfigurationKey;
import dev.sagitta.engine.configuration.ModelServiceKeys;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Starts a server in the background and waits until it serves. */
final class UpCommand {
  private final Options options;
  private final PrintStream out;
  private final DataDirectory data;

  UpCommand(Options options, PrintStream out) {
    this.options = options;
    this.out = out;
    this.data = new DataDirectory(options.data());
  }

  void run() throws IOException, InterruptedException {
    long begin = System.nanoTime();
    data.prepare();
    Optional<ProcessHandle> running = data.runningServer();
    if (running.isPresent()) {
      throw new LauncherException(
          "runs already: pid "
              + running.get().pid()
              + ", http://127.0.0.1:"
              + data.port().orElse("?")
              + ", data in "
              + data.path());
    }
    checkPortIsFree(options.port());
    Map<String, String> settings = nodeSettings(options, data);
    Process process =
        ServerProcess.start(
            options, data, JavaRuntime.cacheOptions(TrainCommand.cacheFile(options)), settings);
    Files.writeString(data.pidFile(), process.pid() + "\n");
    Files.writeString(data.portFile(), options.port() + "\n");
    try {
      ServerProcess.awaitReady(process, options.port(), data);
    } catch (LauncherException | InterruptedException e) {
      ServerProcess.stop(process.toHandle());
      Files.deleteIfExists(data.pidFile());
      throw e;
    }
    out.printf(
        "Sagitta is up: http://127.0.0.1:%d  data: %s  pid: %d  (%.1f s)%n",
        options.port(), data.path(), process.pid(), (System.nanoTime() - begin) / 1e9);
  }

  /** Settings that follow from the command line; what the user set explicitly wins. */
  static Map<String, String> nodeSettings(Options options, DataDirectory data) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("sagitta.object-store.local.directory", data.store().toString());
    settings.put("sagitta.wal.directory", data.wal().toString());
    settings.put("sagitta.query-node.cache-directory", data.cache().toString());
    settings.put(
        ModelServiceKeys.LOCAL_DIRECTORY.name(),
        options.distribution().resolve("embedding").toString());
    settings.put("sagitta.rest.port", Integer.toString(options.port()));
    settings.put("sagitta.cluster.bind", "127.0.0.1:" + (options.port() + 1));
    settings.put("sagitta.wal.acceptor", "127.0.0.1:" + (options.port() + 2));
    options.join().ifPresent(address -> settings.putAll(joinSettings(address)));
    // An environment variable is an explicit choice too: do not hide it behind a system property.
    settings
        .keySet()
        .removeIf(key -> System.getenv(ConfigurationKey.environmentVariable(key)) != null);
    settings.putAll(options.settings());
    return settings;
  }

  /** Asks the node to join where store, broker and cluster are. */
  private static Map<String, String> joinSettings(String address) {
    ServerProcess.HttpAnswer answer = ServerProcess.get(address, "/management/cluster/join");
    if (answer.status() != 200) {
      throw new LauncherException(
          "cannot join: no Sagitta node answers at "
              + address
              + " ("
              + (answer.status() == 0 ? answer.body() : "status " + answer.status())
              + ")");
    }
    Map<String, String> settings = new LinkedHashMap<>();
    for (String line : answer.body().split("\n")) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        settings.put(line.substring(0, equals).trim(), line.substring(equals + 1).trim());
      }
    }
    return settings;
  }

  static void checkPortIsFree(int port) throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (java.net.BindException e) {
      throw new LauncherException("port " + port + " is in use: choose another one with --port", e);
    }
  }
}
