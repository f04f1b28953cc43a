package dev.sagitta.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The official Node client in HTTP mode works unchanged: see {@code src/test/node}. */
final class TestNodeClient {
  private static final List<String> FILES =
      List.of("package.json", "package-lock.json", "http-client.mjs");

  @Test
  void httpClient(@TempDir Path data) throws Exception {
    assumeTrue(answers("node", "--version"), "Node.js is not installed");
    assumeTrue(answers("npm", "--version"), "npm is not installed");
    Path home = Path.of(System.getProperty("sagitta.home")).toAbsolutePath().normalize();
    Path folder = Files.createDirectories(home.resolve("it/target/node"));
    for (String file : FILES) {
      Files.write(
          folder.resolve(file), Files.readAllBytes(home.resolve("it/src/test/node").resolve(file)));
    }
    if (!Files.exists(folder.resolve("node_modules/.package-lock.json"))) {
      run(folder, 300, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
    }
    try (Server server = Server.start(data)) {
      String output =
          run(
              folder,
              120,
              "node",
              "http-client.mjs",
              "http://127.0.0.1:" + server.port(),
              home.resolve("it/src/test/resources").toString());
      assertThat(output).endsWith("ok\n");
    }
  }

  private static boolean answers(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static String run(Path folder, int seconds, String... command) throws Exception {
    Path output = Files.createTempFile(folder, "output", ".log");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(seconds, TimeUnit.SECONDS))
          .as("%s ends within %d s", List.of(command), seconds)
          .isTrue();
    } finally {
      process.destroyForcibly();
    }
    String text = Files.readString(output, StandardCharsets.UTF_8);
    Files.delete(output);
    assertThat(process.exitValue()).as("%s: %s", List.of(command), text).isZero();
    return text;
  }
}
