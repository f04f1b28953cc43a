package dev.sagitta.worker.data;

/**
 * The simulated process dies here; an Error, so that no handler of the code under test takes it.
 */
final class NodeCrash extends Error {
  private static final long serialVersionUID = 1L;

  NodeCrash(String where) {
    super(where);
  }
}
