package dev.sagitta.worker.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sagitta.coordinator.data.DataCoordinator;
import dev.sagitta.coordinator.data.OwnershipLostException;
import dev.sagitta.engine.catalog.CatalogChange;
import dev.sagitta.engine.catalog.CatalogConflictException;
import dev.sagitta.engine.catalog.VchannelDescriptor;
import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.time.Deadline;
import dev.sagitta.query.fakes.FakeCatalog;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** The data coordinator over the real state machine, as one node sees it. */
final class SimulatedCoordinator implements DataCoordinator {
  private final FakeCatalog catalog;
  private final FakeCatalog.Follower follower;
  private final AtomicLong ids;
  private final Faults faults;

  SimulatedCoordinator(
      FakeCatalog catalog, FakeCatalog.Follower follower, AtomicLong ids, Faults faults) {
    this.catalog = catalog;
    this.follower = follower;
    this.ids = ids;
    this.faults = faults;
  }

  @Override
  public VchannelDescriptor claim(String vchannel, String nodeId, Deadline deadline) {
    VchannelDescriptor before =
        catalog
            .truth()
            .vchannel(vchannel)
            .orElseThrow(
                () ->
                    new SagittaException(
                        ErrorCode.COLLECTION_NOT_FOUND, "collection not found: " + vchannel));
    catalog.commit(new CatalogChange.VchannelClaimed(vchannel, nodeId, before.ownerEpoch() + 1));
    faults.mayCrash("behind claim");
    follower.catchUp();
    return catalog.truth().vchannel(vchannel).orElseThrow();
  }

  @Override
  public long allocateSegmentId(Deadline deadline) {
    faults.mayFail("allocate");
    return ids.incrementAndGet();
  }

  @Override
  public void commitFlush(CatalogChange.VchannelFlushed flush, Deadline deadline) {
    faults.mayCrash("before commit");
    faults.mayFail("commit");
    VchannelDescriptor before = catalog.truth().vchannel(flush.vchannel()).orElse(null);
    if (before == null || before.ownerEpoch() != flush.ownerEpoch()) {
      throw new OwnershipLostException("not the owner: " + flush.vchannel());
    }
    requireGrowing(before.checkpoint(), flush.checkpoint());
    try {
      catalog.commit(flush);
    } catch (CatalogConflictException e) {
      throw new IllegalStateException("refused", e);
    }
    faults.mayCrash("behind commit");
    faults.mayFail("answer of commit");
    follower.catchUp();
  }

  private static void requireGrowing(Map<String, Long> before, Map<String, Long> after) {
    before.forEach(
        (producer, sequence) ->
            assertThat(after.getOrDefault(producer, Long.MAX_VALUE))
                .as("checkpoint of " + producer)
                .isGreaterThanOrEqualTo(sequence));
  }
}
