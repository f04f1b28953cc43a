package dev.sagitta.launcher;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The one directory that holds everything of a node.
 *
 * <pre>
 * VERSION       layout version of this directory, a decimal number
 * server.pid    process id of the running server
 * server.port   its REST port
 * store/        objects (when the store is local)
 * wal/          the broker's journal
 * cache/        files fetched from S3
 * logs/         server.0.log and older ones, console.log
 * run/          Payara Micro's working copy, made anew at each start
 * </pre>
 */
record DataDirectory(Path path) {
  static final int VERSION = 1;
  private static final long MINIMUM_FREE_BYTES = 512L << 20;

  Path pidFile() {
    return path.resolve("server.pid");
  }

  Path portFile() {
    return path.resolve("server.port");
  }

  Path logs() {
    return path.resolve("logs");
  }

  Path run() {
    return path.resolve("run");
  }

  Path store() {
    return path.resolve("store");
  }

  Path wal() {
    return path.resolve("wal");
  }

  Path cache() {
    return path.resolve("cache");
  }

  /** Makes the directory if need be and refuses what cannot work. */
  void prepare() throws IOException {
    if (Files.exists(path) && !Files.isDirectory(path)) {
      throw new LauncherException("data directory is a file: " + path);
    }
    Files.createDirectories(path);
    if (!Files.isWritable(path)) {
      throw new LauncherException("data directory is not writable: " + path);
    }
    // Before anything is written: on a full disk the first write would fail with less to say.
    requireFreeSpace();
    checkVersion();
    Files.createDirectories(logs());
  }

  private void requireFreeSpace() throws IOException {
    FileStore store = Files.getFileStore(path);
    if (store.getUsableSpace() < MINIMUM_FREE_BYTES) {
      throw new LauncherException(
          "disk is full: "
              + (store.getUsableSpace() >> 20)
              + " MiB free for "
              + path
              + ", at least "
              + (MINIMUM_FREE_BYTES >> 20)
              + " MiB are needed");
    }
  }

  private void checkVersion() throws IOException {
    Path versionFile = path.resolve("VERSION");
    if (!Files.exists(versionFile)) {
      Files.writeString(versionFile, VERSION + "\n");
      return;
    }
    String text = Files.readString(versionFile).trim();
    int found;
    try {
      found = Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new LauncherException(
          "not a Sagitta data directory: " + versionFile + " says \"" + text + "\"", e);
    }
    if (found > VERSION) {
      throw new LauncherException(
          "data directory is of a newer version: "
              + path
              + " has layout "
              + found
              + ", this release reads up to "
              + VERSION);
    }
  }

  /** The server that runs on this directory, if one does. */
  Optional<ProcessHandle> runningServer() throws IOException {
    if (!Files.exists(pidFile())) {
      return Optional.empty();
    }
    try {
      long pid = Long.parseLong(Files.readString(pidFile()).trim());
      return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(this::isOurs);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** A pid can be reused by another program after a crash: the command line must be ours. */
  private boolean isOurs(ProcessHandle process) {
    Path commandLine = Path.of("/proc", Long.toString(process.pid()), "cmdline");
    try {
      return !Files.exists(commandLine) || Files.readString(commandLine).contains(run().toString());
    } catch (IOException e) {
      return true;
    }
  }

  Optional<String> port() throws IOException {
    return Files.exists(portFile())
        ? Optional.of(Files.readString(portFile()).trim())
        : Optional.empty();
  }
}
