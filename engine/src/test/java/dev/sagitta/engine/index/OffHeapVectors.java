package dev.sagitta.engine.index;

import dev.sagitta.engine.column.DenseVectorColumn;
import dev.sagitta.engine.schema.DataType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** A column of given vectors in several blocks that begin at odd places, for tests. */
public final class OffHeapVectors implements DenseVectorColumn {
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final int BLOCK_OFFSET = 4;

  private final int dimension;
  private final int rowCount;
  private final int rowsPerBlock;
  private final IntPredicate nulls;
  private final boolean mayHaveNulls;
  private final List<MemorySegment> blocks = new ArrayList<>();

  public OffHeapVectors(Arena arena, int rowsPerBlock, float[]... rows) {
    this(arena, rowsPerBlock, rows, row -> false, false);
  }

  public OffHeapVectors(
      Arena arena, int rowsPerBlock, float[][] rows, IntPredicate nulls, boolean mayHaveNulls) {
    this.dimension = rows[0].length;
    this.rowCount = rows.length;
    this.rowsPerBlock = rowsPerBlock;
    this.nulls = nulls;
    this.mayHaveNulls = mayHaveNulls;
    for (int row = 0; row < rowCount; row++) {
      if (row % rowsPerBlock == 0) {
        blocks.add(arena.allocate(BLOCK_OFFSET + 4L * dimension * rowsPerBlock));
      }
      for (int i = 0; i < dimension; i++) {
        blockOf(row).set(FLOAT, offsetInBlock(row) + 4L * i, rows[row][i]);
      }
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
    return nulls.test(row);
  }

  @Override
  public boolean mayHaveNulls() {
    return mayHaveNulls;
  }

  @Override
  public int dimension() {
    return dimension;
  }

  @Override
  public int vectorBytes() {
    return Math.multiplyExact(dimension, Float.BYTES);
  }

  @Override
  public MemorySegment blockOf(int row) {
    return blocks.get(row / rowsPerBlock);
  }

  @Override
  public long offsetInBlock(int row) {
    return BLOCK_OFFSET + 4L * dimension * (row % rowsPerBlock);
  }

  @Override
  public int contiguousRows(int row) {
    int toBlockEnd = rowsPerBlock - row % rowsPerBlock;
    return Math.min(toBlockEnd, rowCount - row);
  }

  @Override
  public void copyVector(int row, float[] target, int offset) {
    for (int i = 0; i < dimension; i++) {
      target[offset + i] = blockOf(row).get(FLOAT, offsetInBlock(row) + 4L * i);
    }
  }
}
