package dev.sagitta.embedding.onnx;

import static java.util.Objects.requireNonNull;

import dev.sagitta.embedding.EmbeddingMode;
import dev.sagitta.embedding.local.LocalModel;
import dev.sagitta.embedding.local.LocalModelDescription;
import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.time.Deadline;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** A sentence model with its tokenizer and threads. */
final class OnnxModel implements LocalModel {
  /** Texts of all calls in progress. */
  static final int MAXIMUM_WAITING_TEXTS = 1 << 16;

  private final LocalModelDescription description;
  private final WordPieceTokenizer tokenizer;
  private final SentenceEncoder encoder;
  private final EncodingQueue queue;
  private final AtomicInteger waitingTexts = new AtomicInteger();

  OnnxModel(
      LocalModelDescription description,
      WordPieceTokenizer tokenizer,
      SentenceEncoder encoder,
      int threads) {
    this.description = requireNonNull(description, "description is null");
    this.tokenizer = requireNonNull(tokenizer, "tokenizer is null");
    this.encoder = requireNonNull(encoder, "encoder is null");
    this.queue = new EncodingQueue(threads);
  }

  @Override
  public int dimension() {
    return description.dimension();
  }

  @Override
  public float[] embed(
      List<String> texts, boolean truncate, EmbeddingMode mode, Deadline deadline) {
    if (waitingTexts.addAndGet(texts.size()) > MAXIMUM_WAITING_TEXTS) {
      waitingTexts.addAndGet(-texts.size());
      throw new SagittaException(
          ErrorCode.REQUEST_LIMIT_EXCEEDED,
          "too many texts wait for the embedding model, try again: maximum="
              + MAXIMUM_WAITING_TEXTS);
    }
    try {
      return encode(tokenize(texts, truncate), mode, deadline);
    } finally {
      waitingTexts.addAndGet(-texts.size());
    }
  }

  private int[][] tokenize(List<String> texts, boolean truncate) {
    int[][] sentences = new int[texts.size()][];
    for (int row = 0; row < sentences.length; row++) {
      int number = row;
      sentences[row] =
          tokenizer.tokenize(
              texts.get(row),
              description.maximumTokens(),
              () -> {
                if (!truncate) {
                  throw SagittaException.invalidParameter(
                      "text has more tokens than the model takes, and truncate is false: text="
                          + number
                          + " model="
                          + description.name()
                          + " maximum="
                          + description.maximumTokens());
                }
              });
    }
    return sentences;
  }

  private float[] encode(int[][] sentences, EmbeddingMode mode, Deadline deadline) {
    List<int[]> batches = TokenBatches.of(sentences);
    List<CompletableFuture<float[]>> results = new ArrayList<>(batches.size());
    try {
      for (int[] batch : batches) {
        results.add(queue.submit(mode, () -> encodeBatch(sentences, batch)));
      }
      float[] vectors = new float[sentences.length * dimension()];
      for (int i = 0; i < results.size(); i++) {
        scatter(await(results.get(i), sentences.length, deadline), batches.get(i), vectors);
      }
      return vectors;
    } catch (RejectedExecutionException | CancellationException e) {
      throw new SagittaException(
          ErrorCode.SERVICE_UNAVAILABLE, "the embedding model is being closed", e);
    } finally {
      results.forEach(result -> result.cancel(false));
    }
  }

  private float[] encodeBatch(int[][] sentences, int[] batch) throws Exception {
    int[][] rows = new int[batch.length][];
    for (int i = 0; i < batch.length; i++) {
      rows[i] = sentences[batch[i]];
    }
    return encoder.encode(rows, rows[rows.length - 1].length);
  }

  private float[] await(CompletableFuture<float[]> result, int count, Deadline deadline) {
    try {
      return result.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new SagittaException(
          ErrorCode.TIMEOUT,
          "request timeout: texts were not embedded in time, send fewer at once: texts=" + count,
          e);
    } catch (ExecutionException e) {
      throw new SagittaException(
          ErrorCode.UNEXPECTED,
          "embedding failed: model=" + description.name() + ": " + e.getCause(),
          e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SagittaException(ErrorCode.CANCELLED, "interrupted while texts are embedded", e);
    }
  }

  private void scatter(float[] batchVectors, int[] batch, float[] vectors) {
    for (int i = 0; i < batch.length; i++) {
      System.arraycopy(batchVectors, i * dimension(), vectors, batch[i] * dimension(), dimension());
    }
  }

  @Override
  public void close() {
    queue.close();
    encoder.close();
  }
}
