package dev.sagitta.engine.segment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Indexes of a segment by field or by their own id; attaching replaces atomically for views
 * acquired later.
 */
final class IndexSet<A extends IndexSet.Attached> {
  /** An index in use. */
  interface Attached {
    /** Counts the segment and the views that use the index, and frees it behind the last one. */
    ReferenceCount users();

    /** Bytes of memory beside what is only mapped. */
    long sizeInBytes();
  }

  private volatile Map<Long, A> indexes = Map.of();
  private boolean closed;

  /** Takes over the index; one that was there for the key is closed behind its last user. */
  synchronized void attach(long key, A index) {
    if (closed) {
      index.users().release();
      throw new IllegalStateException("segment is closed");
    }
    Map<Long, A> changed = new HashMap<>(indexes);
    A replaced = changed.put(key, index);
    indexes = Map.copyOf(changed);
    if (replaced != null) {
      replaced.users().release();
    }
  }

  /** Drops the index, if there is one. */
  synchronized void detach(long key) {
    Map<Long, A> changed = new HashMap<>(indexes);
    A removed = changed.remove(key);
    indexes = Map.copyOf(changed);
    if (removed != null) {
      removed.users().release();
    }
  }

  /** The index as of now, without a pin. */
  Optional<A> get(long key) {
    return Optional.ofNullable(indexes.get(key));
  }

  /** Pins all indexes; each must be released. */
  Map<Long, A> retainAll() {
    while (true) {
      Map<Long, A> current = indexes;
      List<A> retained = new ArrayList<>(current.size());
      for (A index : current.values()) {
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
    return indexes.values().stream().mapToLong(Attached::sizeInBytes).sum();
  }

  synchronized void close() {
    closed = true;
    Map<Long, A> last = indexes;
    indexes = Map.of();
    last.values().forEach(index -> index.users().release());
  }
}
