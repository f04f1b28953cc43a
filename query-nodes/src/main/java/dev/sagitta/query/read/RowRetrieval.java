package dev.sagitta.query.read;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.column.ColumnBatch;
import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.filter.Filter;
import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.segment.SegmentView;
import dev.sagitta.engine.time.Deadline;
import dev.sagitta.query.request.RetrieveRequest;
import dev.sagitta.query.request.RetrieveResult;
import dev.sagitta.query.request.RowVisibility;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Counts rows, or reads those with the smallest keys. */
final class RowRetrieval {
  private RowRetrieval() {}

  static RetrieveResult count(
      ReadScope scope, RowVisibility visibility, Filter filter, Deadline deadline) {
    long count = 0;
    for (SegmentView view : scope.views()) {
      requireTime(deadline);
      Optional<RowBitmap> rows = RowSelection.select(view, filter, visibility);
      count += rows.isPresent() ? rows.get().cardinality() : view.rowCount();
    }
    return new RetrieveResult(count, new ColumnBatch(0, Map.of()));
  }

  static RetrieveResult rows(
      ReadScope scope, RetrieveRequest request, Filter filter, Deadline deadline) {
    List<SegmentView> views = scope.views();
    SmallestKeys smallest = new SmallestKeys(views, request.limit());
    for (int i = 0; i < views.size(); i++) {
      requireTime(deadline);
      smallest.offer(i, RowSelection.select(views.get(i), filter, request.visibility()));
    }
    smallest.finish();
    CollectionSchema schema = scope.collection().schema();
    Set<Long> fieldIds = new LinkedHashSet<>();
    fieldIds.add(schema.primaryKey().id());
    fieldIds.addAll(request.outputFieldIds());
    return new RetrieveResult(
        smallest.size(),
        RowFetcher.fetch(
            schema, views, smallest.size(), smallest::viewAt, smallest::rowAt, fieldIds));
  }

  private static void requireTime(Deadline deadline) {
    if (deadline.hasPassed()) {
      throw new SagittaException(ErrorCode.TIMEOUT, "deadline exceeded while reading");
    }
  }
}
