package dev.sagitta.engine.index.code;

import dev.sagitta.engine.schema.MetricType;
import java.lang.foreign.MemorySegment;

/**
 * A trained way to store dense vectors in fewer bytes. Immutable and safe for concurrent use; what
 * changes lives in a {@link CodeEncoder} or a {@link CodeScorer}, of which each thread has its own.
 *
 * <p>A code knows two distances, squared Euclidean and negated inner product. For COSINE it is made
 * for IP, and whoever uses it scales vectors and queries to unit length before it sees them.
 */
public interface VectorCode {
  /** The name under which the code is found again: SQ8, PQ... */
  String name();

  /** {@link MetricType#L2} or {@link MetricType#IP}. */
  MetricType metric();

  /** Numbers of a vector. */
  int dimension();

  /** Bytes of one code. */
  int codeBytes();

  CodeEncoder newEncoder();

  /** A scorer with its tables; expensive to make, to be pooled. */
  CodeScorer newScorer();

  /** What was learned in training, as it is written to a file and read by {@link VectorCodes}. */
  MemorySegment toBytes();
}
