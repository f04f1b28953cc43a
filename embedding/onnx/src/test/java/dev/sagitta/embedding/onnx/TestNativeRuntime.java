package dev.sagitta.embedding.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What kind of library it is that the database loads into its own process. */
final class TestNativeRuntime {
  /**
   * Version 1.29 sends reports to Microsoft, unless an environment variable forbids it before the
   * process starts, and keep the process's command line for it: with a long one, such as Payara
   * Server's, the stack overflows in native code and the server is gone.
   */
  @ParameterizedTest
  @ValueSource(strings = {"linux-x64/libonnxruntime.so", "linux-aarch64/libonnxruntime.so"})
  void testSendsNoReports(String library) throws IOException {
    try (InputStream bytes =
        OrtEnvironment.class.getResourceAsStream("/ai/onnxruntime/native/" + library)) {
      assertThat(bytes).isNotNull();
      String text = new String(bytes.readAllBytes(), StandardCharsets.ISO_8859_1);
      assertThat(text.contains("ORT_DISABLE_TELEMETRY")).isFalse();
      assertThat(text.contains("data.microsoft.com")).isFalse();
    }
  }
}
