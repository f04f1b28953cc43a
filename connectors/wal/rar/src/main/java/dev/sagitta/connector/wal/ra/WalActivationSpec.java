package dev.sagitta.connector.wal.ra;

import dev.sagitta.connector.wal.inflow.InflowSettings;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.InvalidPropertyException;
import jakarta.resource.spi.ResourceAdapter;
import java.util.List;
import java.util.stream.Stream;

/** What a message-driven bean says about its delivery. */
public class WalActivationSpec implements ActivationSpec {
  private static final int MAXIMUM_SESSIONS = 64;
  private static final int DEFAULT_BATCH = 256;

  /** The broker looks through what a consumer holds for each acknowledgement. */
  private static final int MAXIMUM_UNACKNOWLEDGED = 10_000;

  private ResourceAdapter resourceAdapter;
  private String queue;
  private Integer maxSessions = 1;
  private Integer maxBatch = DEFAULT_BATCH;
  private Integer maxUnacknowledged = MAXIMUM_UNACKNOWLEDGED;

  /** One queue or several, separated by commas; each session consumes all of them. */
  public String getQueue() {
    return queue;
  }

  public void setQueue(String queue) {
    this.queue = queue;
  }

  /** Sessions of this process; each takes a container thread. From 1 to 64. */
  public Integer getMaxSessions() {
    return maxSessions;
  }

  public void setMaxSessions(Integer maxSessions) {
    this.maxSessions = maxSessions;
  }

  /** Most records in one call of the listener. */
  public Integer getMaxBatch() {
    return maxBatch;
  }

  public void setMaxBatch(Integer maxBatch) {
    this.maxBatch = maxBatch;
  }

  /**
   * Most records that a session's listener may hold unacknowledged, at most 10,000; delivery,
   * barriers included, waits at that point. Task queues always have one.
   */
  public Integer getMaxUnacknowledged() {
    return maxUnacknowledged;
  }

  public void setMaxUnacknowledged(Integer maxUnacknowledged) {
    this.maxUnacknowledged = maxUnacknowledged;
  }

  @Override
  public ResourceAdapter getResourceAdapter() {
    return resourceAdapter;
  }

  @Override
  public void setResourceAdapter(ResourceAdapter resourceAdapter) throws ResourceException {
    this.resourceAdapter = resourceAdapter;
  }

  @Override
  public void validate() throws InvalidPropertyException {
    if (queues().isEmpty()) {
      throw new InvalidPropertyException("needs a queue: queue=" + queue);
    }
    requireRange("maxSessions", maxSessions, MAXIMUM_SESSIONS);
    requireRange("maxBatch", maxBatch, MAXIMUM_UNACKNOWLEDGED);
    requireRange("maxUnacknowledged", maxUnacknowledged, MAXIMUM_UNACKNOWLEDGED);
  }

  private static void requireRange(String name, Integer value, int maximum)
      throws InvalidPropertyException {
    if (value == null || value < 1 || value > maximum) {
      throw new InvalidPropertyException("from 1 to " + maximum + ": " + name + "=" + value);
    }
  }

  private List<String> queues() {
    return queue == null
        ? List.of()
        : Stream.of(queue.split(",")).map(String::strip).filter(name -> !name.isEmpty()).toList();
  }

  InflowSettings inflowSettings(WalSettings settings) throws InvalidPropertyException {
    validate();
    List<String> queues = queues();
    for (String name : queues) {
      if (!settings.queues().contains(name)) {
        throw new InvalidPropertyException(
            "not a queue of the log: queue=" + name + ", queues=" + settings.queues());
      }
    }
    boolean spread = queues.stream().anyMatch(settings.taskQueues()::contains);
    try {
      return new InflowSettings(queues, spread, maxBatch, maxUnacknowledged);
    } catch (IllegalArgumentException e) {
      throw new InvalidPropertyException(e.getMessage(), e);
    }
  }
}
