package dev.sagitta.engine.column;

/** Values of a vector field of any type; the type says which of the sub-interfaces it is. */
public sealed interface VectorColumn extends Column
    permits PackedVectorColumn, SparseVectorColumn, VectorListColumn {
  /**
   * Numbers of a dense vector or of each vector of a list, bits of a binary one; 0 for sparse
   * vectors, which have no bound.
   */
  int dimension();
}
