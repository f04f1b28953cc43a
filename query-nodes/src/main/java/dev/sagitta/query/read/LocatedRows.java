package dev.sagitta.query.read;

import static java.util.Objects.requireNonNull;

import dev.sagitta.coordinator.catalog.CatalogFollower;
import dev.sagitta.engine.catalog.CollectionDescriptor;
import dev.sagitta.engine.column.ColumnBatch;
import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.segment.SegmentView;
import dev.sagitta.engine.time.Deadline;
import dev.sagitta.query.StaleRouteException;
import dev.sagitta.query.request.FetchRequest;
import dev.sagitta.query.segment.SegmentHolder;
import dev.sagitta.query.segment.VchannelState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Fetches rows by segment and row number; both outlive the handover from memory to files. */
final class LocatedRows {
  private final SegmentHolder holder;
  private final CatalogFollower catalog;

  LocatedRows(SegmentHolder holder, CatalogFollower catalog) {
    this.holder = requireNonNull(holder, "holder is null");
    this.catalog = requireNonNull(catalog, "catalog is null");
  }

  ColumnBatch fetch(FetchRequest request, Deadline deadline) {
    if (deadline.hasPassed()) {
      throw new SagittaException(ErrorCode.TIMEOUT, "deadline exceeded before fetching rows");
    }
    CollectionDescriptor collection =
        catalog
            .current()
            .collection(request.collectionId())
            .orElseThrow(
                () ->
                    new SagittaException(
                        ErrorCode.COLLECTION_NOT_FOUND,
                        "collection not found[collection=" + request.collectionId() + "]"));
    List<SegmentView> views = new ArrayList<>();
    Map<Long, Integer> viewOfSegment = new HashMap<>();
    try {
      int[] viewOfRow = new int[request.rows().length];
      for (int i = 0; i < viewOfRow.length; i++) {
        long segmentId = request.segmentIds()[i];
        Integer view = viewOfSegment.get(segmentId);
        if (view == null) {
          view = views.size();
          views.add(acquire(request.collectionId(), segmentId));
          viewOfSegment.put(segmentId, view);
        }
        requireRow(views.get(view), request.rows()[i]);
        viewOfRow[i] = view;
      }
      return RowFetcher.fetch(
          collection.schema(),
          views,
          viewOfRow.length,
          i -> viewOfRow[i],
          i -> request.rows()[i],
          request.outputFieldIds());
    } finally {
      views.forEach(SegmentView::close);
    }
  }

  private SegmentView acquire(long collectionId, long segmentId) {
    for (VchannelState state : holder.states()) {
      if (state.collectionId() == collectionId) {
        Optional<SegmentView> view = state.acquireSegment(segmentId);
        if (view.isPresent()) {
          return view.get();
        }
      }
    }
    throw new StaleRouteException("segment is not here: segmentId=" + segmentId);
  }

  private static void requireRow(SegmentView view, int row) {
    if (row < 0 || row >= view.rowCount()) {
      throw new StaleRouteException(
          "row is not here: segmentId=" + view.segmentId() + " row=" + row);
    }
  }
}
