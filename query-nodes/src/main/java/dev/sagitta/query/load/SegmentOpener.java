package dev.sagitta.query.load;

import dev.sagitta.engine.catalog.CollectionDescriptor;
import dev.sagitta.engine.catalog.SegmentDescriptor;
import dev.sagitta.engine.segment.Segment;
import java.util.Set;

/** Opens sealed segments from the store. */
public interface SegmentOpener {
  /**
   * Opens a segment with the deletes and the built indexes that the descriptor names.
   *
   * @throws RuntimeException of the store, or {@link
   *     dev.sagitta.engine.storage.UnusableFileException}
   */
  Opened open(CollectionDescriptor collection, SegmentDescriptor segment);

  /**
   * Attaches built indexes that an opened segment does not have yet and detaches dropped ones.
   *
   * @param attached builds that it has
   * @return the builds that it has now
   */
  Set<Long> attach(
      Segment opened,
      CollectionDescriptor collection,
      SegmentDescriptor segment,
      Set<Long> attached);

  /** An opened segment and the index builds attached to it. */
  record Opened(Segment segment, Set<Long> builds) {}
}
