package dev.sagitta.proxy;

import static java.util.Objects.requireNonNull;

import dev.sagitta.coordinator.catalog.CatalogFollower;
import dev.sagitta.engine.catalog.CatalogSnapshot;
import dev.sagitta.engine.catalog.CollectionDescriptor;
import dev.sagitta.engine.catalog.PartitionDescriptor;
import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;

/**
 * A collection in the newest snapshot that this node knows.
 *
 * @param descriptor the collection in {@code snapshot}
 */
public record CollectionNow(CatalogSnapshot snapshot, CollectionDescriptor descriptor) {
  public CollectionNow {
    requireNonNull(snapshot, "snapshot is null");
    requireNonNull(descriptor, "descriptor is null");
  }

  /**
   * @param resolved the collection as a front end found it, maybe in an older snapshot
   * @throws SagittaException COLLECTION_NOT_FOUND if it was dropped since
   */
  public static CollectionNow of(CatalogFollower catalog, CollectionDescriptor resolved) {
    CatalogSnapshot snapshot = catalog.current();
    CollectionDescriptor descriptor =
        snapshot
            .collection(resolved.id())
            .orElseThrow(
                () ->
                    new SagittaException(
                        ErrorCode.COLLECTION_NOT_FOUND,
                        "collection not found[collection=" + resolved.name() + "]"));
    return new CollectionNow(snapshot, descriptor);
  }

  /**
   * @throws SagittaException PARTITION_NOT_FOUND
   */
  public PartitionDescriptor partition(String name) {
    return descriptor
        .partition(name)
        .orElseThrow(
            () ->
                new SagittaException(
                    ErrorCode.PARTITION_NOT_FOUND, "partition not found[partition=" + name + "]"));
  }

  public String pchannelOf(String vchannel) {
    return snapshot
        .vchannel(vchannel)
        .orElseThrow(
            () ->
                new SagittaException(
                    ErrorCode.CHANNEL_NOT_AVAILABLE, "channel not found: vchannel=" + vchannel))
        .pchannel();
  }
}
