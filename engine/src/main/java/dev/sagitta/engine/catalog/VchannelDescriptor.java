package dev.sagitta.engine.catalog;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;

/**
 * A shard's log and who applies it.
 *
 * @param name also the message group in the log; see {@link #nameOf}
 * @param pchannel queue that carries it
 * @param ownerNodeId process that claimed it last, dead or alive
 * @param ownerEpoch grows with every claim; a flush by an older owner is refused
 * @param checkpoint for each producer of the last flushed records, the largest sequence number that
 *     is flushed. A producer's records of one vchannel lie in the log in the order of their
 *     sequence numbers, so a redelivered record is already flushed exactly if its sequence is not
 *     above its producer's entry. Producers whose records were acknowledged before are left out.
 */
public record VchannelDescriptor(
    String name,
    String pchannel,
    long collectionId,
    int shard,
    Optional<String> ownerNodeId,
    long ownerEpoch,
    Map<String, Long> checkpoint) {
  public VchannelDescriptor {
    requireNonNull(name, "name is null");
    requireNonNull(pchannel, "pchannel is null");
    requireNonNull(ownerNodeId, "ownerNodeId is null");
    checkpoint = Map.copyOf(checkpoint);
  }

  VchannelDescriptor withOwner(Optional<String> newOwnerNodeId, long newOwnerEpoch) {
    return new VchannelDescriptor(
        name, pchannel, collectionId, shard, newOwnerNodeId, newOwnerEpoch, checkpoint);
  }

  VchannelDescriptor withCheckpoint(Map<String, Long> newCheckpoint) {
    return new VchannelDescriptor(
        name, pchannel, collectionId, shard, ownerNodeId, ownerEpoch, newCheckpoint);
  }

  public static String nameOf(String pchannel, long collectionId, int shard) {
    return pchannel + "_" + collectionId + "v" + shard;
  }
}
