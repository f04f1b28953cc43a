package dev.sagitta.query.read;

import static java.util.Objects.requireNonNull;

import dev.sagitta.coordinator.catalog.CatalogFollower;
import dev.sagitta.engine.catalog.CatalogSnapshot;
import dev.sagitta.engine.catalog.CollectionDescriptor;
import dev.sagitta.engine.catalog.SegmentDescriptor;
import dev.sagitta.engine.catalog.VchannelDescriptor;
import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.segment.SegmentView;
import dev.sagitta.engine.time.Deadline;
import dev.sagitta.query.StaleRouteException;
import dev.sagitta.query.load.LoadFailure;
import dev.sagitta.query.load.LoadProgress;
import dev.sagitta.query.load.SegmentLoader;
import dev.sagitta.query.request.RowVisibility;
import dev.sagitta.query.segment.SegmentHolder;
import dev.sagitta.query.segment.VchannelState;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongPredicate;

/**
 * Opens the scope of a read: checks that this node owns the vchannels and that the collection is to
 * be served, waits for segments that are still being loaded, and pins views.
 */
final class ReadScopes {
  private final SegmentHolder holder;
  private final CatalogFollower catalog;
  private final SegmentLoader loader;
  private final InstantSource clock;

  /**
   * @param clock says which rows have expired
   */
  ReadScopes(
      SegmentHolder holder, CatalogFollower catalog, SegmentLoader loader, InstantSource clock) {
    this.clock = requireNonNull(clock, "clock is null");
    this.holder = requireNonNull(holder, "holder is null");
    this.catalog = requireNonNull(catalog, "catalog is null");
    this.loader = requireNonNull(loader, "loader is null");
  }

  ReadScope open(
      long collectionId,
      long catalogVersion,
      List<String> vchannels,
      Set<Long> partitionIds,
      RowVisibility visibility,
      Deadline deadline) {
    CatalogSnapshot snapshot = catalog.awaitVersion(catalogVersion, deadline);
    CollectionDescriptor read = collection(snapshot, collectionId);
    long expiredUntil = read.expiredUntil(clock.millis());
    List<SegmentView> views = new ArrayList<>();
    try {
      for (String vchannel : vchannels) {
        views.addAll(acquire(snapshot, vchannel, collectionId, partitionIds, visibility, deadline));
      }
      if (expiredUntil > Long.MIN_VALUE) {
        views.replaceAll(view -> view.withoutExpired(expiredUntil));
      }
      return new ReadScope(read, views);
    } catch (RuntimeException e) {
      views.forEach(SegmentView::close);
      throw e;
    }
  }

  private List<SegmentView> acquire(
      CatalogSnapshot first,
      String vchannel,
      long collectionId,
      Set<Long> partitionIds,
      RowVisibility visibility,
      Deadline deadline) {
    CatalogSnapshot snapshot = first;
    while (true) {
      VchannelState state = state(snapshot, vchannel);
      long change = state.changeCount();
      CollectionDescriptor collection = collection(snapshot, collectionId);
      LongPredicate partitions =
          id ->
              collection.isServed(id)
                  && collection.partition(id).isPresent()
                  && (partitionIds.isEmpty() || partitionIds.contains(id));
      state.updateSchema(collection.schema(), snapshot.version());
      List<SegmentView> views = state.acquire(partitions, !visibility.ignoreGrowing());
      if (servesAll(state, snapshot, views, partitions)) {
        return views;
      }
      views.forEach(SegmentView::close);
      if (!state.awaitChange(change, deadline)) {
        throw notLoaded(state, snapshot);
      }
      snapshot = catalog.current();
    }
  }

  private VchannelState state(CatalogSnapshot snapshot, String vchannel) {
    VchannelState state =
        holder
            .find(vchannel)
            .orElseThrow(
                () -> new StaleRouteException("vchannel is not here: vchannel=" + vchannel));
    long ownerEpoch = snapshot.vchannel(vchannel).map(VchannelDescriptor::ownerEpoch).orElse(0L);
    if (ownerEpoch > state.ownerEpoch()) {
      throw new StaleRouteException(
          "vchannel has a younger owner: vchannel="
              + vchannel
              + " ownerEpoch="
              + ownerEpoch
              + " here="
              + state.ownerEpoch());
    }
    return state;
  }

  private static CollectionDescriptor collection(CatalogSnapshot snapshot, long collectionId) {
    CollectionDescriptor collection =
        snapshot
            .collection(collectionId)
            .orElseThrow(
                () ->
                    new SagittaException(
                        ErrorCode.COLLECTION_NOT_FOUND,
                        "collection not found[collection=" + collectionId + "]"));
    if (!collection.loaded() && collection.loadedPartitions().isEmpty()) {
      throw new SagittaException(
          ErrorCode.COLLECTION_NOT_LOADED,
          "collection not loaded[collection=" + collection.name() + "]");
    }
    return collection;
  }

  private boolean servesAll(
      VchannelState state,
      CatalogSnapshot snapshot,
      List<SegmentView> views,
      LongPredicate partitions) {
    for (SegmentDescriptor segment : loader.wanted(state, snapshot)) {
      if (partitions.test(segment.partitionId()) && !holds(views, segment.id())) {
        return false;
      }
    }
    return true;
  }

  private static boolean holds(List<SegmentView> views, long segmentId) {
    for (SegmentView view : views) {
      if (view.segmentId() == segmentId) {
        return true;
      }
    }
    return false;
  }

  private SagittaException notLoaded(VchannelState state, CatalogSnapshot snapshot) {
    LoadProgress progress = loader.progress(state, snapshot);
    String reason = progress.failures().stream().map(LoadFailure::toString).findFirst().orElse("");
    return new SagittaException(
        ErrorCode.COLLECTION_NOT_FULLY_LOADED,
        "collection not fully loaded[vchannel="
            + state.vchannel()
            + "][progress="
            + progress.percentage()
            + "%]"
            + (reason.isEmpty() ? "" : "[" + reason + "]"));
  }
}
