package dev.sagitta.proxy.rank.model;

import dev.sagitta.engine.time.Deadline;
import java.util.List;

/** Judges how well texts answer a query. Safe for use by many threads at a time. */
public interface RerankModel {
  /**
   * A score for each text, larger is better.
   *
   * @throws dev.sagitta.engine.error.SagittaException 65535 when the service cannot be reached or
   *     answers something else, 10001 when time is up
   */
  float[] scores(String query, List<String> texts, Deadline deadline);
}
