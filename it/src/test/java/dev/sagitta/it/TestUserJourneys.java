package dev.sagitta.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What others wrote or read works as it stands: the official Node client in HTTP mode, the session
 * of the OpenAPI document's examples, the tour for newcomers.
 */
final class TestUserJourneys {
  private static final String API = "/v2/vectordb/";
  private static final String MARK = "-- next --";
  private static final Pattern BLOCK = Pattern.compile("```(sh|json)\\n(.*?)```", Pattern.DOTALL);
  private static final Path HOME =
      Path.of(System.getProperty("sagitta.home")).toAbsolutePath().normalize();
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
    Path folder = Files.createDirectories(HOME.resolve("it/target/node"));
    for (String file : FILES) {
      Files.write(
          folder.resolve(file), Files.readAllBytes(HOME.resolve("it/src/test/node").resolve(file)));
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
            HOME.resolve("it/src/test/resources").toString());
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

  /** Every command of {@code docs/tour.md}, and what the page shows as its answer. */
  @Test
  void tour() throws Exception {
    List<String> commands = new ArrayList<>();
    List<Optional<JsonNode>> answers = new ArrayList<>();
    Matcher block = BLOCK.matcher(Files.readString(HOME.resolve("docs/tour.md")));
    while (block.find()) {
      if (block.group(1).equals("sh")) {
        commands.add(block.group(2));
        answers.add(Optional.empty());
      } else {
        answers.set(answers.size() - 1, Optional.of(RestClient.JSON.readTree(block.group(2))));
      }
    }
    assertThat(answers.stream().filter(Optional::isPresent).count()).isGreaterThan(8);
    Path script = Files.createTempFile("tour", ".sh");
    Files.writeString(
        script,
        String.join("\necho '" + MARK + "'\n", commands)
            .replace("127.0.0.1:19530", "127.0.0.1:" + server.port()));
    String output = run(HOME.resolve("it/target"), 120, "bash", "-eu", script.toString());
    Files.delete(script);
    List<String> outputs = List.of(output.split(MARK, -1));
    assertThat(outputs).hasSameSizeAs(commands);
    for (int i = 0; i < commands.size(); i++) {
      if (answers.get(i).isPresent()) {
        JsonNode answer = RestClient.JSON.readTree(outputs.get(i));
        assertThat(answer.path("code").asInt(-1)).as(commands.get(i) + answer).isZero();
        assertShown(commands.get(i) + answer, answers.get(i).get(), answer);
      }
    }
  }

  /** What is shown must be there; more may be. Numbers are shown rounded. */
  private static void assertShown(String what, JsonNode shown, JsonNode answer) {
    if (shown.isObject()) {
      shown
          .properties()
          .forEach(each -> assertShown(what, each.getValue(), answer.path(each.getKey())));
    } else if (shown.isArray()) {
      assertThat(answer.size()).as(what).isEqualTo(shown.size());
      for (int i = 0; i < shown.size(); i++) {
        assertShown(what, shown.get(i), answer.get(i));
      }
    } else if (shown.isDouble()) {
      assertThat(answer.asDouble()).as(what).isCloseTo(shown.asDouble(), within(0.01));
    } else {
      assertThat(answer.asText()).as(what).isEqualTo(shown.asText());
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
