package dev.sagitta.engine.index.code;

import java.lang.foreign.MemorySegment;

/** Turns vectors into codes and back, with scratch memory of its own; for one thread. */
public interface CodeEncoder {
  /** Writes the code of the vector at {@code vector[offset]} to {@code target}. */
  void encode(float[] vector, int offset, MemorySegment target, long targetOffset);

  /** Writes the vector that the code stands for, approximately the encoded one. */
  void decode(MemorySegment codes, long codeOffset, float[] target, int targetOffset);
}
