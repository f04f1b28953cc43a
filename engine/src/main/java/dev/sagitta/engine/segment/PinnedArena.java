package dev.sagitta.engine.segment;

import java.lang.foreign.Arena;

/** Memory off the heap that is freed behind its last user. Starts with one user. */
final class PinnedArena {
  private final Arena arena = Arena.ofShared();
  private final ReferenceCount users = new ReferenceCount(arena::close);

  Arena arena() {
    return arena;
  }

  boolean tryRetain() {
    return users.tryRetain();
  }

  void release() {
    users.release();
  }
}
