package dev.sagitta.query.barrier;

import static java.util.Objects.requireNonNull;

import dev.sagitta.coordinator.catalog.CatalogFollower;
import dev.sagitta.coordinator.cluster.Cluster;
import dev.sagitta.engine.time.Deadline;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;

/** Sends an owner's answers to barriers; a lost answer makes the sender send again. */
public final class BarrierResponder {
  private static final Logger LOGGER = System.getLogger(BarrierResponder.class.getName());
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);

  private final Cluster cluster;
  private final CatalogFollower catalog;

  public BarrierResponder(Cluster cluster, CatalogFollower catalog) {
    this.cluster = requireNonNull(cluster, "cluster is null");
    this.catalog = requireNonNull(catalog, "catalog is null");
  }

  /** Tells the sender that this node has applied everything before the barrier. */
  public void reached(Barrier barrier) {
    answer(barrier, false);
  }

  /** Tells the sender that the vchannel's collection is gone. */
  public void dropped(Barrier barrier) {
    answer(barrier, true);
  }

  private void answer(Barrier barrier, boolean dropped) {
    BarrierReply reply =
        new BarrierReply(barrier.id(), cluster.localNodeId(), catalog.current().version(), dropped);
    var _ =
        cluster
            .call(
                barrier.senderNodeId(),
                BarrierReply.SERVICE,
                reply.encode(),
                Deadline.after(ANSWER_TIMEOUT))
            .whenComplete(
                (_, failure) -> {
                  if (failure != null) {
                    LOGGER.log(
                        Level.DEBUG,
                        "barrier answer not delivered: node={0} reason={1}",
                        barrier.senderNodeId(),
                        failure.getMessage());
                  }
                });
  }
}
