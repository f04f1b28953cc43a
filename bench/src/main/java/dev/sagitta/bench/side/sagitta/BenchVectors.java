package dev.sagitta.bench.side.sagitta;

import dev.sagitta.engine.column.DenseVectorColumn;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.storage.LittleEndian;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Vectors in one block of off-heap memory. */
final class BenchVectors implements DenseVectorColumn {
  private final int rowCount;
  private final int dimension;
  private final MemorySegment block;

  BenchVectors(float[][] rows, Arena arena) {
    this.rowCount = rows.length;
    this.dimension = rows[0].length;
    this.block = arena.allocate(4L * rowCount * dimension, 64);
    for (int row = 0; row < rowCount; row++) {
      MemorySegment.copy(rows[row], 0, block, LittleEndian.FLOAT, offsetInBlock(row), dimension);
    }
  }

  @Override
  public DataType type() {
    return DataType.FLOAT_VECTOR;
  }

  @Override
  public int rowCount() {
    return rowCount;
  }

  @Override
  public boolean isNull(int row) {
    return false;
  }

  @Override
  public boolean mayHaveNulls() {
    return false;
  }

  @Override
  public int dimension() {
    return dimension;
  }

  @Override
  public int vectorBytes() {
    return Math.multiplyExact(dimension(), Float.BYTES);
  }

  @Override
  public MemorySegment blockOf(int row) {
    return block;
  }

  @Override
  public long offsetInBlock(int row) {
    return 4L * row * dimension;
  }

  @Override
  public int contiguousRows(int row) {
    return rowCount - row;
  }

  @Override
  public void copyVector(int row, float[] target, int offset) {
    MemorySegment.copy(block, LittleEndian.FLOAT, offsetInBlock(row), target, offset, dimension);
  }

  /** Bytes of all vectors. */
  long sizeInBytes() {
    return block.byteSize();
  }
}
