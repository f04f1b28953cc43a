package dev.sagitta.engine.segment;

import dev.sagitta.engine.scalarindex.ScalarIndex;

/**
 * A scalar index in use by a segment.
 *
 * @param users counts the segment and the views that use it; closes the index and frees its memory
 *     behind the last one
 */
record AttachedScalarIndex(long fieldId, ScalarIndex index, ReferenceCount users)
    implements IndexSet.Attached {
  static AttachedScalarIndex of(long fieldId, ScalarIndex index, Runnable freeMemory) {
    ReferenceCount users =
        new ReferenceCount(
            () -> {
              index.close();
              freeMemory.run();
            });
    return new AttachedScalarIndex(fieldId, index, users);
  }

  @Override
  public long sizeInBytes() {
    return index.sizeInBytes();
  }
}
