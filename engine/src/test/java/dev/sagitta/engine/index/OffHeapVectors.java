package dev.sagitta.engine.index;

import dev.sagitta.engine.column.DenseVectorColumn;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.vector.TestVectors;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** A column of given dense vectors in several blocks that begin at odd places, for tests. */
public final class OffHeapVectors implements DenseVectorColumn {
  private static final int BLOCK_OFFSET = 4;

  private final DataType type;
  private final float[][] rows;
  private final int dimension;
  private final int rowsPerBlock;
  private final IntPredicate nulls;
  private final boolean mayHaveNulls;
  private final List<MemorySegment> blocks = new ArrayList<>();

  /** Floats. */
  public OffHeapVectors(Arena arena, int rowsPerBlock, float[]... rows) {
    this(arena, rowsPerBlock, rows, row -> false, false);
  }

  /** Floats, some of them null. */
  public OffHeapVectors(
      Arena arena, int rowsPerBlock, float[][] rows, IntPredicate nulls, boolean mayHaveNulls) {
    this(arena, DataType.FLOAT_VECTOR, rowsPerBlock, rows, nulls, mayHaveNulls);
  }

  /** Vectors of a dense type, whose numbers the type holds exactly. */
  public OffHeapVectors(
      Arena arena,
      DataType type,
      int rowsPerBlock,
      float[][] rows,
      IntPredicate nulls,
      boolean mayHaveNulls) {
    this.type = type;
    this.rows = rows;
    this.dimension = rows[0].length;
    this.rowsPerBlock = rowsPerBlock;
    this.nulls = nulls;
    this.mayHaveNulls = mayHaveNulls;
    for (int row = 0; row < rows.length; row++) {
      if (row % rowsPerBlock == 0) {
        blocks.add(arena.allocate(BLOCK_OFFSET + (long) vectorBytes() * rowsPerBlock));
      }
      TestVectors.write(type, rows[row], blockOf(row), offsetInBlock(row));
    }
  }

  @Override
  public DataType type() {
    return type;
  }

  @Override
  public int rowCount() {
    return rows.length;
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
    return TestVectors.vectorBytes(type, dimension);
  }

  @Override
  public MemorySegment blockOf(int row) {
    return blocks.get(row / rowsPerBlock);
  }

  @Override
  public long offsetInBlock(int row) {
    return BLOCK_OFFSET + (long) vectorBytes() * (row % rowsPerBlock);
  }

  @Override
  public int contiguousRows(int row) {
    int toBlockEnd = rowsPerBlock - row % rowsPerBlock;
    return Math.min(toBlockEnd, rowCount() - row);
  }

  @Override
  public void copyVector(int row, float[] target, int offset) {
    System.arraycopy(rows[row], 0, target, offset, dimension);
  }
}
