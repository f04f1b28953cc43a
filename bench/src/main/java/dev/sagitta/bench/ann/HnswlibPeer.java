package dev.sagitta.bench.ann;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** hnswlib in C++, compiled here for this processor and driven through a pipe. */
final class HnswlibPeer implements Peer {
  private static final int COMPILE_MINUTES_MAX = 5;

  private final Process process;
  private final BufferedReader output;
  private final Writer input;
  private final double buildSeconds;

  /** Compiles the driver, starts it and waits until it has built its index. */
  HnswlibPeer(Path source, Path directory, Path folder, int m, int efConstruction)
      throws IOException, InterruptedException {
    Path driver = directory.resolve("hnswlib_driver");
    Process compiler =
        new ProcessBuilder(
                "g++", "-O3", "-march=native", "-o", driver.toString(), source.toString())
            .inheritIO()
            .start();
    if (!compiler.waitFor(COMPILE_MINUTES_MAX, TimeUnit.MINUTES) || compiler.exitValue() != 0) {
      compiler.destroyForcibly();
      throw new IOException(
          "cannot compile the hnswlib driver, are g++ and libhnswlib-dev installed: source="
              + source);
    }
    process =
        new ProcessBuilder(
                driver.toString(),
                folder.toString(),
                Integer.toString(m),
                Integer.toString(efConstruction))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    output = process.inputReader(UTF_8);
    input = process.outputWriter(UTF_8);
    buildSeconds = Double.parseDouble(readLine().substring("built ".length()));
  }

  @Override
  public String name() {
    return "hnswlib C++";
  }

  @Override
  public double buildSeconds() {
    return buildSeconds;
  }

  @Override
  public Round search(int ef) throws IOException {
    input.write(ef + "\n");
    input.flush();
    String[] numbers = readLine().split(" ", -1);
    return new Round(Double.parseDouble(numbers[0]), Double.parseDouble(numbers[1]));
  }

  @Override
  public void close() throws IOException {
    input.close();
    process.destroy();
  }

  private String readLine() throws IOException {
    String line = output.readLine();
    if (line == null) {
      throw new IOException("hnswlib driver ended early");
    }
    return line;
  }
}
