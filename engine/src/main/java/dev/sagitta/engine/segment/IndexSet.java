package dev.sagitta.engine.segment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The indexes of a segment by field; attaching replaces atomically for views acquired later. */
final class IndexSet {
  private volatile Map<Long, AttachedIndex> indexes = Map.of();
  private boolean closed;

  /** Takes over the index; one that was there for the field is closed behind its last user. */
  synchronized void attach(long fieldId, AttachedIndex index) {
    if (closed) {
      index.users().release();
      throw new IllegalStateException("segment is closed");
    }
    Map<Long, AttachedIndex> changed = new HashMap<>(indexes);
    AttachedIndex replaced = changed.put(fieldId, index);
    indexes = Map.copyOf(changed);
    if (replaced != null) {
      replaced.users().release();
    }
  }

  /** Drops the field's index, if there is one. */
  synchronized void detach(long fieldId) {
    Map<Long, AttachedIndex> changed = new HashMap<>(indexes);
    AttachedIndex removed = changed.remove(fieldId);
    indexes = Map.copyOf(changed);
    if (removed != null) {
      removed.users().release();
    }
  }

  /** The field's index as of now, without a pin. */
  Optional<AttachedIndex> get(long fieldId) {
    return Optional.ofNullable(indexes.get(fieldId));
  }

  /** Pins all indexes; each must be released. */
  Map<Long, AttachedIndex> retainAll() {
    while (true) {
      Map<Long, AttachedIndex> current = indexes;
      List<AttachedIndex> retained = new ArrayList<>(current.size());
      for (AttachedIndex index : current.values()) {
        if (index.users().tryRetain()) {
          retained.add(index);
        }
      }
      if (retained.size() == current.size()) {
        return current;
      }
      // One was replaced in between: a newer map is there.
      retained.forEach(index -> index.users().release());
      Thread.onSpinWait();
    }
  }

  long memoryBytes() {
    return indexes.values().stream().mapToLong(index -> index.index().sizeInBytes()).sum();
  }

  synchronized void close() {
    closed = true;
    Map<Long, AttachedIndex> last = indexes;
    indexes = Map.of();
    last.values().forEach(index -> index.users().release());
  }
}
