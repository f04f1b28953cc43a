package dev.sagitta.embedding;

import dev.sagitta.engine.time.Deadline;
import java.util.List;

/** Turns texts into vectors of one dimension. Safe for use by many threads at a time. */
public interface TextEmbedder {
  /** Most texts of one call. */
  int maximumBatch();

  /** Number of elements of each vector. */
  int dimension();

  /**
   * Embeds texts, all or none.
   *
   * @param texts not empty, at most {@link #maximumBatch}, none of them empty
   * @return the vectors one after the other, in the order of the texts: {@code texts.size() *
   *     dimension()} elements
   * @throws dev.sagitta.engine.error.SagittaException when a text cannot be embedded, the service
   *     fails or gives vectors of another dimension, or the deadline passes
   */
  float[] embed(List<String> texts, EmbeddingMode mode, Deadline deadline);
}
