package dev.sagitta.coordinator.index;

import dev.sagitta.engine.catalog.SegmentIndexDescriptor;
import dev.sagitta.engine.time.Deadline;

/**
 * Decides which sealed segments need which index and asks for their builds through the log's queue
 * {@value #BUILD_QUEUE}, one durable message a build (body: {@link IndexBuildTask} as JSON). A task
 * is delivered to one worker at a time and again when that worker dies. May be called on any node.
 */
public interface IndexCoordinator {
  /** Queue of build tasks; messages have no group, any worker takes the next. */
  String BUILD_QUEUE = "sagitta-index-builds";

  /** Commits the result of a build; ignored when segment or index is gone or has a result. */
  void commitBuild(
      long collectionId, long segmentId, SegmentIndexDescriptor result, Deadline deadline);
}
