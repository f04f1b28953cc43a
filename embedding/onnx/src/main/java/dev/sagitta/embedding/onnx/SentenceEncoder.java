package dev.sagitta.embedding.onnx;

import static java.util.Objects.requireNonNull;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.Map;

/**
 * A BERT encoder in ONNX Runtime. A sentence's vector is the mean of the outputs at its tokens,
 * scaled to unit length (Reimers and Gurevych, "Sentence-BERT", 2019). Each call computes on the
 * calling thread.
 */
final class SentenceEncoder implements AutoCloseable {
  private final OrtEnvironment environment;
  private final OrtSession session;
  private final int dimension;

  /**
   * Loads the network.
   *
   * @throws OrtException if the file is no network that can run here
   */
  SentenceEncoder(OrtEnvironment environment, Path network, int dimension) throws OrtException {
    this.environment = requireNonNull(environment, "environment is null");
    this.dimension = dimension;
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      // Each batch has another shape: plans and arenas for shapes seen before only hold memory.
      options.setMemoryPatternOptimization(false);
      options.setCPUArenaAllocator(false);
      this.session = environment.createSession(network.toString(), options);
    }
  }

  /**
   * Encodes sentences of {@code length} tokens or fewer.
   *
   * @param sentences token ids
   * @param length of the longest
   * @return {@code sentences.length * dimension} elements
   */
  float[] encode(int[][] sentences, int length) throws OrtException {
    int cells = sentences.length * length;
    LongBuffer ids = longs(cells);
    LongBuffer mask = longs(cells);
    for (int row = 0; row < sentences.length; row++) {
      int[] sentence = sentences[row];
      for (int i = 0; i < sentence.length; i++) {
        ids.put(row * length + i, sentence[i]);
        mask.put(row * length + i, 1);
      }
    }
    long[] shape = {sentences.length, length};
    try (OnnxTensor idTensor = OnnxTensor.createTensor(environment, ids, shape);
        OnnxTensor maskTensor = OnnxTensor.createTensor(environment, mask, shape);
        OnnxTensor typeTensor = OnnxTensor.createTensor(environment, longs(cells), shape);
        OrtSession.Result result =
            session.run(
                Map.of(
                    "input_ids", idTensor,
                    "attention_mask", maskTensor,
                    "token_type_ids", typeTensor))) {
      OnnxTensor output = (OnnxTensor) result.get(0);
      return means(output.getFloatBuffer(), sentences, length);
    }
  }

  private static LongBuffer longs(int count) {
    return ByteBuffer.allocateDirect(count * Long.BYTES)
        .order(ByteOrder.nativeOrder())
        .asLongBuffer();
  }

  private float[] means(FloatBuffer outputs, int[][] sentences, int length) {
    float[] means = new float[sentences.length * dimension];
    float[] output = new float[dimension];
    for (int row = 0; row < sentences.length; row++) {
      int base = row * dimension;
      for (int token = 0; token < sentences[row].length; token++) {
        outputs.get((row * length + token) * dimension, output);
        for (int i = 0; i < dimension; i++) {
          means[base + i] += output[i];
        }
      }
      double squares = 0;
      for (int i = 0; i < dimension; i++) {
        squares += (double) means[base + i] * means[base + i];
      }
      float scale = (float) (1 / Math.sqrt(Math.max(squares, Float.MIN_NORMAL)));
      for (int i = 0; i < dimension; i++) {
        means[base + i] *= scale;
      }
    }
    return means;
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("cannot close the network", e);
    }
  }
}
