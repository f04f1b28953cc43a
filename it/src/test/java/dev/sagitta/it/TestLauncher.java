package dev.sagitta.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher's promises: one clear line for what cannot work, clean start and stop. */
final class TestLauncher {
  @Test
  void secondUpOnTheSameDirectorySaysThatItRuns(@TempDir Path data) throws Exception {
    try (Server server = Server.start(data)) {
      Server.LauncherResult second =
          Server.launcher(
              List.of("up", "--data", data.toString(), "--port", "" + Server.freePort()));
      assertThat(second.status()).isNotZero();
      assertThat(second.output()).contains("runs already").contains("" + server.pid());
      Server.LauncherResult status = Server.launcher(List.of("status", "--data", data.toString()));
      assertThat(status.status()).isZero();
      assertThat(status.output()).contains("ready").contains("" + server.port());
      assertThat(Files.readString(data.resolve("logs/server.0.log")))
          .contains("broker started")
          .contains("leadership won");
      server.down();
      assertThat(Files.exists(data.resolve("server.pid"))).isFalse();
    }
  }

  @Test
  void portInUse(@TempDir Path data) throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Server.LauncherResult result =
          Server.launcher(
              List.of("up", "--data", data.toString(), "--port", "" + taken.getLocalPort()));
      assertThat(result.status()).isNotZero();
      assertThat(result.output().strip())
          .isEqualTo(
              "sagitta: port "
                  + taken.getLocalPort()
                  + " is in use: choose another one with --port");
    }
  }

  @Test
  void dataDirectoryOfANewerVersion(@TempDir Path data) throws Exception {
    Files.writeString(data.resolve("VERSION"), "99\n");
    Server.LauncherResult result =
        Server.launcher(List.of("up", "--data", data.toString(), "--port", "" + Server.freePort()));
    assertThat(result.status()).isNotZero();
    assertThat(result.output().strip().lines()).hasSize(1);
    assertThat(result.output()).contains("newer version").contains("99");
  }

  @Test
  void fullDisk(@TempDir Path data) throws Exception {
    // A disk of its own, gone with the process: a file system in memory, in a namespace of ours.
    String onFullDisk =
        "mount -t tmpfs -o size=8m none \"$0\" && { cat /dev/zero > \"$0/fill\" 2> /dev/null;"
            + " exec \"$@\"; }";
    List<String> wrapper =
        List.of("unshare", "--user", "--map-root-user", "--mount", "sh", "-c", onFullDisk);
    List<String> inNamespace = new ArrayList<>(wrapper);
    inNamespace.add(data.toString());
    Server.LauncherResult result =
        Server.launcher(
            inNamespace,
            List.of("up", "--data", data.toString(), "--port", "" + Server.freePort()));
    assertThat(result.status()).isNotZero();
    assertThat(result.output().strip())
        .isEqualTo(
            "sagitta: disk is full: 0 MiB free for " + data + ", at least 512 MiB are needed");
  }

  @Test
  void unknownKeyAndBadValue(@TempDir Path data) throws Exception {
    Server.LauncherResult unknown =
        Server.launcher(List.of("up", "--data", data.toString(), "--set", "sagitta.nothing=1"));
    assertThat(unknown.status()).isNotZero();
    assertThat(unknown.output()).contains("unknown configuration key: sagitta.nothing");
    Server.LauncherResult bad =
        Server.launcher(
            List.of(
                "up",
                "--data",
                data.toString(),
                "--set",
                "sagitta.data-node.sync-period=yesterday"));
    assertThat(bad.status()).isNotZero();
    assertThat(bad.output())
        .contains("sagitta.data-node.sync-period")
        .contains("yesterday")
        .contains("expected a duration");
  }

  @Test
  void helpListsEveryKey() throws Exception {
    Server.LauncherResult help = Server.launcher(List.of("help", "config"));
    assertThat(help.status()).isZero();
    assertThat(help.output())
        .contains("sagitta.data-node.sync-period")
        .contains("sagitta.object-store.s3.bucket")
        .contains("sagitta.wal.directory");
  }
}
