package dev.sagitta.connector.wal.inflow;

import java.util.List;

/**
 * How one session receives.
 *
 * @param queues consumed together by each session
 * @param spread whether records of the queue go one at a time to whichever session is free, as
 *     tasks do; otherwise the broker pushes all it has, so that a slow session never keeps it from
 *     serving others
 * @param maximumBatch records in one call of the listener
 * @param maximumUnacknowledged records that one session's listener may hold
 */
public record InflowSettings(
    List<String> queues, boolean spread, int maximumBatch, int maximumUnacknowledged) {
  public InflowSettings {
    queues = List.copyOf(queues);
    if (queues.isEmpty()) {
      throw new IllegalArgumentException("no queue to receive from: queues=" + queues);
    }
    if (spread && queues.size() > 1) {
      throw new IllegalArgumentException("a task queue is consumed alone: queues=" + queues);
    }
    if (maximumBatch < 1 || maximumUnacknowledged < 1) {
      throw new IllegalArgumentException(
          "must be at least 1: maximumBatch="
              + maximumBatch
              + ", maximumUnacknowledged="
              + maximumUnacknowledged);
    }
  }
}
