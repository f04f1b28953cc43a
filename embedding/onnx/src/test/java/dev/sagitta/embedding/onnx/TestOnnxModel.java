package dev.sagitta.embedding.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sagitta.embedding.EmbeddingMode;
import dev.sagitta.embedding.local.LocalModel;
import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.time.Deadline;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The models against embeddings that another implementation of the whole chain (Hugging Face's
 * tokenizer, its own pooling) has computed with the same network: one-line descriptions of Debian
 * packages, long, short and in many scripts.
 */
final class TestOnnxModel {
  private static final int DIMENSION = 384;
  private static final OnnxModelFactory FACTORY = new OnnxModelFactory();

  private static LocalModel model;

  @BeforeAll
  static void load() {
    model = FACTORY.load(ModelFiles.DIRECTORY, "all-MiniLM-L6-v2", 2);
  }

  @AfterAll
  static void close() {
    model.close();
  }

  private static Deadline soon() {
    return Deadline.after(Duration.ofMinutes(1));
  }

  private static float[] embed(List<String> texts) {
    return model.embed(texts, true, EmbeddingMode.INSERT, soon());
  }

  private static List<String> packages() throws IOException {
    return new String(resource("packages.txt"), StandardCharsets.UTF_8).lines().toList();
  }

  private static float[] expected(int count) throws IOException {
    ByteBuffer file = ByteBuffer.wrap(resource("packages.fvecs")).order(ByteOrder.LITTLE_ENDIAN);
    float[] vectors = new float[count * DIMENSION];
    for (int row = 0; row < count; row++) {
      assertThat(file.getInt()).isEqualTo(DIMENSION);
      file.asFloatBuffer().get(vectors, row * DIMENSION, DIMENSION);
      file.position(file.position() + DIMENSION * Float.BYTES);
    }
    return vectors;
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = TestOnnxModel.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }

  private static double cosine(float[] left, int leftRow, float[] right, int rightRow) {
    double sum = 0;
    for (int i = 0; i < DIMENSION; i++) {
      sum += (double) left[leftRow * DIMENSION + i] * right[rightRow * DIMENSION + i];
    }
    return sum;
  }

  @Test
  void vectorsAreThoseOfAnotherImplementation() throws IOException {
    List<String> texts = packages();
    float[] expected = expected(texts.size());
    float[] actual = embed(texts);
    for (int row = 0; row < texts.size(); row++) {
      assertThat(cosine(expected, row, actual, row)).as(texts.get(row)).isGreaterThan(0.99999);
      assertThat(cosine(actual, row, actual, row)).isCloseTo(1, within(1e-5));
    }
  }

  @Test
  void eightBitWeightsComeClose() throws IOException {
    List<String> texts = packages();
    float[] expected = expected(texts.size());
    LocalModel small = FACTORY.load(ModelFiles.DIRECTORY, "all-MiniLM-L6-v2-q", 1);
    float[] actual;
    try {
      actual = small.embed(texts, true, EmbeddingMode.INSERT, soon());
    } finally {
      small.close();
    }
    for (int row = 0; row < texts.size(); row++) {
      assertThat(cosine(expected, row, actual, row)).as(texts.get(row)).isGreaterThan(0.95);
    }
  }

  /** Neither the order nor the company of a text matters. */
  @Test
  void batchesDoNotShow() throws IOException {
    List<String> texts = packages();
    float[] together = embed(texts);
    List<String> reversed = new ArrayList<>(texts);
    Collections.reverse(reversed);
    float[] backwards = embed(reversed);
    float[] alone = embed(texts.subList(3, 4));
    for (int row = 0; row < texts.size(); row++) {
      assertThat(cosine(together, row, backwards, texts.size() - 1 - row))
          .isCloseTo(1, within(1e-5));
    }
    assertThat(cosine(together, 3, alone, 0)).isCloseTo(1, within(1e-5));
  }

  @Test
  void paraphrasesAreNear() {
    float[] vectors =
        embed(
            List.of(
                "How do I cook rice?",
                "What is the way to prepare rice?",
                "The stock market fell sharply today."));
    assertThat(cosine(vectors, 0, vectors, 1)).isGreaterThan(0.8);
    assertThat(cosine(vectors, 0, vectors, 2)).isLessThan(0.2);
  }

  @Test
  void longTextsAreCutOrRefused() {
    String text = "red blue green ".repeat(200);
    float[] vectors = embed(List.of(text, text + "and some words more"));
    assertThat(cosine(vectors, 0, vectors, 1)).isCloseTo(1, within(1e-5));
    assertThatThrownBy(
            () -> model.embed(List.of("short", text), false, EmbeddingMode.INSERT, soon()))
        .isInstanceOf(SagittaException.class)
        .hasMessageContaining("text=1")
        .hasMessageContaining("maximum=256");
    assertThat(model.embed(List.of("short"), false, EmbeddingMode.INSERT, soon()))
        .hasSize(DIMENSION);
  }

  @Test
  void callersAtTheSameTimeGetTheirOwnVectors() throws Exception {
    List<String> texts = packages();
    float[] expected = expected(texts.size());
    List<Callable<Double>> calls = new ArrayList<>();
    for (int row = 0; row < texts.size(); row++) {
      int number = row;
      calls.add(
          () -> {
            EmbeddingMode mode = number % 2 == 0 ? EmbeddingMode.INSERT : EmbeddingMode.SEARCH;
            float[] vector = model.embed(List.of(texts.get(number)), true, mode, soon());
            return cosine(expected, number, vector, 0);
          });
    }
    try (ExecutorService callers = Executors.newFixedThreadPool(8)) {
      for (Future<Double> cosine : callers.invokeAll(calls)) {
        assertThat(cosine.get()).isGreaterThan(0.99999);
      }
    }
  }

  @Test
  void aPassedDeadlineEndsTheWait() {
    assertThatThrownBy(
            () ->
                model.embed(
                    Collections.nCopies(200, "a text that takes its time"),
                    true,
                    EmbeddingMode.INSERT,
                    Deadline.after(Duration.ofMillis(1))))
        .isInstanceOfSatisfying(
            SagittaException.class, e -> assertThat(e.errorCode()).isEqualTo(ErrorCode.TIMEOUT));
    assertThat(embed(List.of("and the next call works"))).hasSize(DIMENSION);
  }

  @Test
  void tooMuchThatWaitsIsRefused() {
    assertThatThrownBy(
            () -> embed(Collections.nCopies(OnnxModel.MAXIMUM_WAITING_TEXTS + 1, "text")))
        .isInstanceOfSatisfying(
            SagittaException.class,
            e -> assertThat(e.errorCode()).isEqualTo(ErrorCode.REQUEST_LIMIT_EXCEEDED));
  }

  @Test
  void aClosedModelRefuses() {
    LocalModel closed = FACTORY.load(ModelFiles.DIRECTORY, "all-MiniLM-L6-v2-q", 1);
    closed.close();
    assertThatThrownBy(() -> closed.embed(List.of("text"), true, EmbeddingMode.SEARCH, soon()))
        .isInstanceOfSatisfying(
            SagittaException.class,
            e -> assertThat(e.errorCode()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE));
  }

  @Test
  void missingFilesAreNamed(@TempDir Path folder) {
    assertThatThrownBy(() -> FACTORY.load(folder, "all-MiniLM-L6-v2", 1))
        .isInstanceOfSatisfying(
            SagittaException.class,
            e -> assertThat(e.errorCode()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE))
        .hasMessageContaining("all-minilm-l6-v2.onnx");
  }
}
