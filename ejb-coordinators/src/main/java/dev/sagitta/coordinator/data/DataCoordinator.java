package dev.sagitta.coordinator.data;

import dev.sagitta.engine.catalog.CatalogChange;
import dev.sagitta.engine.catalog.VchannelDescriptor;
import dev.sagitta.engine.time.Deadline;

/**
 * Segments and checkpoints. May be called on any node; carried out by the leader. When a call
 * returns, this node's catalog shows the effect.
 */
public interface DataCoordinator {
  /**
   * Makes this node the owner of the vchannel with a new owner epoch; older owners can flush no
   * more.
   *
   * @return the vchannel as claimed, with the checkpoint to replay from
   * @throws dev.sagitta.engine.error.SagittaException COLLECTION_NOT_FOUND if it was dropped
   */
  VchannelDescriptor claim(String vchannel, String nodeId, Deadline deadline);

  /** A new segment id. */
  long allocateSegmentId(Deadline deadline);

  /**
   * Commits a flush whose files are durable.
   *
   * @throws dev.sagitta.coordinator.data.OwnershipLostException if another owner claimed the
   *     vchannel, or the collection is gone; the flushed files are garbage then
   */
  void commitFlush(CatalogChange.VchannelFlushed flush, Deadline deadline);
}
