package dev.sagitta.embedding.local;

import dev.sagitta.embedding.EmbeddingMode;
import dev.sagitta.engine.time.Deadline;
import java.util.List;

/** A model loaded into this process. Safe for use by many threads at a time. */
public interface LocalModel extends AutoCloseable {
  /** Number of elements of each vector. */
  int dimension();

  /**
   * Embeds texts as unit vectors.
   *
   * @param truncate cut texts that are too long for the model; otherwise they are refused
   * @return the vectors one after the other, in the order of the texts
   * @throws dev.sagitta.engine.error.SagittaException 1100 for a text that is too long, 10001 when
   *     the deadline passes, 4 when too much waits, 2 when the model is closed
   */
  float[] embed(List<String> texts, boolean truncate, EmbeddingMode mode, Deadline deadline);

  /** Ends the threads and frees the native memory. Calls in progress end first or fail. */
  @Override
  void close();
}
