package dev.sagitta.connector.wal.broker;

import static dev.sagitta.connector.wal.container.Entries.pchannel;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sagitta.connector.wal.WalConnection;
import dev.sagitta.connector.wal.container.AdapterProcess;
import dev.sagitta.connector.wal.container.CollectingListener;
import dev.sagitta.connector.wal.container.CollectingListener.Received;
import dev.sagitta.connector.wal.container.Eventually;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process with broker and writers, and reads its directory in this process. */
class TestBrokerKill {
  private static final int ANSWERS_BEFORE_KILL = 300;

  @TempDir Path directory;

  @Test
  void everyAnsweredAppendSurvivesAndRequestsAreWhole() throws Exception {
    List<String> answered = answersOfKilledProcess();
    assertThat(answered).hasSizeGreaterThanOrEqualTo(ANSWERS_BEFORE_KILL);
    CollectingListener listener = new CollectingListener();
    String queues =
        IntStream.range(0, 4).mapToObj(i -> pchannel(i)).collect(Collectors.joining(","));
    try (AdapterProcess process = AdapterProcess.embedded(directory);
        WalConnection connection = process.connect()) {
      long records = connection.backlog().records();
      assertThat(records).isGreaterThanOrEqualTo(2L * answered.size());
      try (var _ = process.activate(listener, process.spec(queues, 2))) {
        Eventually.await("everything", () -> listener.received().size() == records);
      }
    }
    for (int writer = 0; writer < AppendingProcess.WRITERS; writer++) {
      List<String> one = textsOf(listener, "v" + writer);
      assertThat(one).isEqualTo(textsOf(listener, "w" + writer));
      for (int i = 0; i < one.size(); i++) {
        assertThat(one.get(i)).isEqualTo(writer + ":" + i);
      }
      String prefix = writer + ":";
      assertThat(one)
          .containsAll(answered.stream().filter(text -> text.startsWith(prefix)).toList());
    }
  }

  private List<String> answersOfKilledProcess() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                AppendingProcess.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    List<String> answered = new ArrayList<>();
    try (BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        if (line.startsWith("answered ")) {
          answered.add(line.substring("answered ".length()));
        }
        if (answered.size() == ANSWERS_BEFORE_KILL) {
          process.toHandle().destroyForcibly();
        }
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
    return answered;
  }

  private static List<String> textsOf(CollectingListener listener, String vchannel) {
    return listener.received().stream()
        .filter(received -> received.record().vchannel().equals(vchannel))
        .map(Received::text)
        .toList();
  }
}
