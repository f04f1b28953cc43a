package dev.sagitta.proxy.rank;

import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.time.Deadline;
import java.util.List;
import java.util.OptionalLong;

/** Gives the rows that one or several searches found their final scores. Immutable. */
public interface Ranker {
  /** The field whose values the ranker reads. */
  default OptionalLong inputFieldId() {
    return OptionalLong.empty();
  }

  /**
   * Checks that the ranker fits the searches.
   *
   * @param metrics metric of each search
   * @throws dev.sagitta.engine.error.SagittaException code 1100 if it does not
   */
  default void validate(List<MetricType> metrics, int queryCount) {}

  /** Whether the larger of two final scores is the better one. */
  default boolean largerIsBetter(List<MetricType> metrics) {
    return true;
  }

  /** The final score of each candidate. */
  float[] scores(Candidates candidates, Deadline deadline);
}
