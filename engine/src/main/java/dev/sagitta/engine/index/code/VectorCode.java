package dev.sagitta.engine.index.code;

import java.lang.foreign.MemorySegment;

/**
 * A trained way to store dense vectors in fewer bytes. Immutable and safe for concurrent use; what
 * changes lives in a {@link CodeEncoder} or a {@link CodeScorer}, of which each thread has its own.
 */
public interface VectorCode {
  /** The name under which the code is found again: SQ8, PQ... */
  String name();

  /** Numbers of a vector. */
  int dimension();

  /** Bytes of one code. */
  int codeBytes();

  CodeEncoder newEncoder();

  /** A scorer with its tables; expensive to make, to be pooled. */
  CodeScorer newScorer();

  /** What was learned in training, as it is written to a file and read by {@code VectorCodes}. */
  MemorySegment toBytes();
}
