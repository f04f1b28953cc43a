package dev.sagitta.engine.column;

/**
 * Values of a FloatVector, Float16Vector, BFloat16Vector or Int8Vector field: {@code dimension()}
 * little-endian numbers a row, of 4, 2, 2 or 1 bytes.
 */
public non-sealed interface DenseVectorColumn extends PackedVectorColumn {
  /** Copies the row's numbers, as floats, to {@code target} from {@code offset} on. */
  void copyVector(int row, float[] target, int offset);
}
