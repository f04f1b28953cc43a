package dev.sagitta.bench.side;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sagitta.bench.data.DataSet;
import dev.sagitta.bench.data.DataSets;
import dev.sagitta.bench.data.QueryRange;
import dev.sagitta.bench.data.VectorFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both ends of the protocol, with a side in a process of its own. */
class TestSideProcess {
  @TempDir private Path folder;

  /** Answers each query with the rows after it, by number. */
  public static final class CountingSide implements Side {
    private int rows;
    private int step;
    private Optional<BitSet> allowed = Optional.empty();

    public static void main(String[] arguments) throws Exception {
      SideServer.serve(new CountingSide());
    }

    @Override
    public void load(SideData data) {
      rows = data.base().length;
    }

    @Override
    public long build(Map<String, String> parameters) {
      System.out.println("this must not disturb the protocol");
      return Long.parseLong(parameters.get("bytes"));
    }

    @Override
    public void filter(Optional<BitSet> given) {
      allowed = given;
    }

    @Override
    public void use(Map<String, String> parameters) {
      step = Integer.parseInt(parameters.get("step"));
    }

    @Override
    public void search(int query, AnswerRows answer) {
      for (int row = query; row < rows; row += step) {
        if (allowed.isEmpty() || allowed.get().get(row)) {
          answer.add(row);
        }
      }
    }
  }

  @Test
  void testBuildAndSearch() throws IOException {
    float[][] vectors = new float[6][2];
    VectorFile.write(folder.resolve("base.fvecs"), vectors);
    VectorFile.write(folder.resolve("query.fvecs"), vectors);
    DataSet data = new DataSets(folder, Integer.MAX_VALUE, 4).open(folder.toString());
    try (SideProcess side = new SideProcess(start(CountingSide.class.getName()))) {
      side.load(data);
      BuildReport built = side.build(Map.of("bytes", "4096"));
      assertThat(built.bytes()).isEqualTo(4096);
      assertThat(built.wallNanos()).isPositive();

      SearchReport report = side.search(new QueryRange(1, 3), Map.of("step", "2"));
      assertThat(report.rows())
          .containsExactly(
              1, 3, 5, -1, -1, -1, -1, -1, -1, -1, 2, 4, -1, -1, -1, -1, -1, -1, -1, -1);
      assertThat(report.wallNanos()).isGreaterThanOrEqualTo(report.p99Nanos());
      assertThat(report.p99Nanos()).isGreaterThanOrEqualTo(report.p50Nanos());

      Path bits = folder.resolve("bits");
      BitSet third = new BitSet();
      third.set(3);
      Files.write(bits, third.toByteArray());
      side.filter(Optional.of(bits));
      assertThat(side.search(new QueryRange(1, 2), Map.of("step", "1")).rows()).startsWith(3, -1);
      side.filter(Optional.empty());
      assertThat(side.search(new QueryRange(1, 2), Map.of("step", "1")).rows())
          .startsWith(1, 2, 3, 4, 5, -1);

      assertThatThrownBy(() -> side.search(new QueryRange(0, 1), Map.of("step", "none")))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("For input string");
    }
  }

  @Test
  void testAProcessThatEndsIsReported() throws IOException {
    try (LineProcess process =
        new LineProcess("ends", List.of("true"), Map.of(), folder.resolve("log"))) {
      assertThatThrownBy(() -> process.ask("load", Duration.ofSeconds(20)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("ends ended early");
    }
  }

  private LineProcess start(String mainClass) throws IOException {
    return new LineProcess(
        "counting",
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--add-modules",
            "jdk.incubator.vector",
            "-Xmx64m",
            "-cp",
            System.getProperty("java.class.path"),
            mainClass),
        Map.of(),
        folder.resolve("log"));
  }
}
