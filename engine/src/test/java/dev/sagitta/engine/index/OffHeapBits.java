package dev.sagitta.engine.index;

import dev.sagitta.engine.column.BinaryVectorColumn;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.storage.LittleEndian;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** A column of given binary vectors in several blocks that begin at odd places, for tests. */
public final class OffHeapBits implements BinaryVectorColumn {
  private static final int BLOCK_OFFSET = 3;

  private final float[][] rows;
  private final int dimension;
  private final int rowsPerBlock;
  private final IntPredicate nulls;
  private final boolean mayHaveNulls;
  private final List<MemorySegment> blocks = new ArrayList<>();

  /**
   * @param rows a number a bit, which is set where the number is not 0
   */
  public OffHeapBits(
      Arena arena, int rowsPerBlock, float[][] rows, IntPredicate nulls, boolean mayHaveNulls) {
    this.rows = rows;
    this.dimension = rows[0].length;
    this.rowsPerBlock = rowsPerBlock;
    this.nulls = nulls;
    this.mayHaveNulls = mayHaveNulls;
    for (int row = 0; row < rows.length; row++) {
      if (row % rowsPerBlock == 0) {
        blocks.add(arena.allocate(BLOCK_OFFSET + (long) vectorBytes() * rowsPerBlock));
      }
      byte[] bits = pack(rows[row]);
      MemorySegment.copy(bits, 0, blockOf(row), LittleEndian.BYTE, offsetInBlock(row), bits.length);
    }
  }

  /** A number a bit becomes eight bits a byte, the first in the highest bit. */
  public static byte[] pack(float[] row) {
    byte[] bits = new byte[row.length / Byte.SIZE];
    for (int i = 0; i < row.length; i++) {
      if (row[i] != 0) {
        bits[i / Byte.SIZE] |= (byte) (0x80 >>> (i % Byte.SIZE));
      }
    }
    return bits;
  }

  @Override
  public DataType type() {
    return DataType.BINARY_VECTOR;
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
    return dimension / Byte.SIZE;
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
}
