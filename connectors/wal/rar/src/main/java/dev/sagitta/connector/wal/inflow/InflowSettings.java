package dev.sagitta.connector.wal.inflow;

import java.util.List;
import java.util.stream.IntStream;

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

  /**
   * What one session of an activation receives. With at least as many queues as sessions each queue
   * belongs to one session of a process: the broker deals a queue's new groups to its consumers in
   * turn, which then means to the processes in turn.
   */
  InflowSettings ofSession(int number, int sessions) {
    if (queues.size() < sessions) {
      return this;
    }
    List<String> share =
        IntStream.range(0, queues.size())
            .filter(queue -> queue % sessions == number)
            .mapToObj(queues::get)
            .toList();
    return new InflowSettings(share, spread, maximumBatch, maximumUnacknowledged);
  }
}
