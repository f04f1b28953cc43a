package dev.sagitta.engine.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The kernels also agree where the processor's vectors are shorter than those of this one. */
class TestNarrowVectors {
  private static final int SECONDS_MAX = 120;

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(ints = {128, 256})
  void testAgreesWithDoubles(int bits) throws IOException, InterruptedException {
    Path output = directory.resolve("output");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "-XX:MaxVectorSize=" + bits / Byte.SIZE,
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                KernelComparison.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(Files.readString(output)).contains("bits=" + bits);
  }
}
