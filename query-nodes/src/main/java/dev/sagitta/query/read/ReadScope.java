package dev.sagitta.query.read;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.catalog.CollectionDescriptor;
import dev.sagitta.engine.segment.SegmentView;
import java.util.List;

/** What one read works on: views that are pinned until it ends. */
record ReadScope(CollectionDescriptor collection, List<SegmentView> views)
    implements AutoCloseable {
  ReadScope {
    requireNonNull(collection, "collection is null");
    views = List.copyOf(views);
  }

  @Override
  public void close() {
    views.forEach(SegmentView::close);
  }
}
