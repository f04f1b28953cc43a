package dev.sagitta.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What others wrote or read works as it stands: the official Node client in HTTP mode, the session
 * of the OpenAPI document's examples.
 */
final class TestUserJourneys {
  private static final String API = "/v2/vectordb/";
  private static final List<String> FILES =
      List.of("package.json", "package-lock.json", "http-client.mjs");

  private static Server server;

  @BeforeAll
  static void start(@TempDir Path data) throws Exception {
    server = Server.start(data);
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  /** The script is {@code src/test/node/http-client.mjs}. */
  @Test
  void nodeClient() throws Exception {
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

  /** The document that the server shows is ours, and each of its examples succeeds in turn. */
  @Test
  void openApiExamples() throws Exception {
    RestClient client = server.client();
    JsonNode document = new YAMLMapper().readTree(client.get("/openapi").body());
    assertThat(document.at("/info/title").asText()).isEqualTo("Sagitta");
    int sent = 0;
    for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
      JsonNode example = path.getValue().at("/post/requestBody/content/application~1json/example");
      assertThat(example.isObject()).as(path.getKey()).isTrue();
      JsonNode answer = client.ok(path.getKey().substring(API.length()), (ObjectNode) example);
      if (path.getKey().equals(API + "entities/search")) {
        assertThat(answer.at("/0/title").asText()).isEqualTo("Metropolis");
      }
      sent++;
    }
    assertThat(sent).isGreaterThan(40);
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
