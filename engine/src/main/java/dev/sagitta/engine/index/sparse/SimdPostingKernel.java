package dev.sagitta.engine.index.sparse;

import static dev.sagitta.engine.index.graph.NativeMemory.ALL;

import dev.sagitta.engine.storage.LittleEndian;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Vector API implementation, for vectors of at least 256 bits. The loops are written out in each
 * method: vectors that pass through small helper methods can end up allocated on the heap when one
 * of them is not inlined. Entries of sparse chunks are added one by one, since scattering vectors
 * is slower than the plain loop on the machines that can do it at all; their rows and impacts are
 * read four at a time.
 */
final class SimdPostingKernel implements PostingKernel {
  static final int VECTOR_BITS_MIN = 256;

  private static final int MASK = BLOCK_ROWS - 1;
  private static final VectorSpecies<Integer> SPECIES = IntVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final VectorSpecies<Byte> IMPACTS =
      VectorSpecies.of(
          byte.class,
          VectorShape.forBitSize(Math.max(64, SPECIES.vectorBitSize() / Integer.BYTES)));
  private static final VectorOperators.Conversion<Byte, Integer> WIDEN =
      VectorOperators.ZERO_EXTEND_B2I;
  private static final VectorOperators.Comparison AT_LEAST = VectorOperators.GE;
  private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

  static int vectorBits() {
    return SPECIES.vectorBitSize();
  }

  @Override
  public String name() {
    return "simd-" + vectorBits();
  }

  @Override
  public void addSparse(long rows, long impacts, int count, int weight, int[] accumulators) {
    int i = 0;
    for (; i <= count - 4; i += 4) {
      long fourRows = ALL.get(LittleEndian.LONG, rows + 2L * i);
      int fourImpacts = ALL.get(LittleEndian.INT, impacts + i);
      accumulators[(int) fourRows & MASK] += weight * (fourImpacts & 0xff);
      accumulators[(int) (fourRows >>> 16) & MASK] += weight * (fourImpacts >>> 8 & 0xff);
      accumulators[(int) (fourRows >>> 32) & MASK] += weight * (fourImpacts >>> 16 & 0xff);
      accumulators[(int) (fourRows >>> 48) & MASK] += weight * (fourImpacts >>> 24);
    }
    for (; i < count; i++) {
      int row = ALL.get(LittleEndian.SHORT, rows + 2L * i) & MASK;
      accumulators[row] += weight * (ALL.get(LittleEndian.BYTE, impacts + i) & 0xff);
    }
  }

  @Override
  public void addDense(long impacts, int rowCount, int weight, int[] accumulators) {
    IntVector weights = IntVector.broadcast(SPECIES, weight);
    // The padding is a multiple of any vector's length.
    for (int row = 0; row < rowCount; row += LANES) {
      ByteVector.fromMemorySegment(IMPACTS, ALL, impacts + row, ORDER)
          .convertShape(WIDEN, SPECIES, 0)
          .reinterpretAsInts()
          .mul(weights)
          .add(IntVector.fromArray(SPECIES, accumulators, row))
          .intoArray(accumulators, row);
    }
  }

  @Override
  public void addFourDense(
      long impacts0,
      int weight0,
      long impacts1,
      int weight1,
      long impacts2,
      int weight2,
      long impacts3,
      int weight3,
      int rowCount,
      int[] accumulators) {
    IntVector weights0 = IntVector.broadcast(SPECIES, weight0);
    IntVector weights1 = IntVector.broadcast(SPECIES, weight1);
    IntVector weights2 = IntVector.broadcast(SPECIES, weight2);
    IntVector weights3 = IntVector.broadcast(SPECIES, weight3);
    for (int row = 0; row < rowCount; row += LANES) {
      IntVector product0 =
          ByteVector.fromMemorySegment(IMPACTS, ALL, impacts0 + row, ORDER)
              .convertShape(WIDEN, SPECIES, 0)
              .reinterpretAsInts()
              .mul(weights0);
      IntVector product1 =
          ByteVector.fromMemorySegment(IMPACTS, ALL, impacts1 + row, ORDER)
              .convertShape(WIDEN, SPECIES, 0)
              .reinterpretAsInts()
              .mul(weights1);
      IntVector product2 =
          ByteVector.fromMemorySegment(IMPACTS, ALL, impacts2 + row, ORDER)
              .convertShape(WIDEN, SPECIES, 0)
              .reinterpretAsInts()
              .mul(weights2);
      IntVector product3 =
          ByteVector.fromMemorySegment(IMPACTS, ALL, impacts3 + row, ORDER)
              .convertShape(WIDEN, SPECIES, 0)
              .reinterpretAsInts()
              .mul(weights3);
      IntVector.fromArray(SPECIES, accumulators, row)
          .add(product0.add(product1))
          .add(product2.add(product3))
          .intoArray(accumulators, row);
    }
  }

  @Override
  public int nextAtLeast(int[] accumulators, int from, int to, int threshold) {
    int row = from;
    for (; row <= to - 2 * LANES; row += 2 * LANES) {
      VectorMask<Integer> first =
          IntVector.fromArray(SPECIES, accumulators, row).compare(AT_LEAST, threshold);
      VectorMask<Integer> second =
          IntVector.fromArray(SPECIES, accumulators, row + LANES).compare(AT_LEAST, threshold);
      if (first.or(second).anyTrue()) {
        return first.anyTrue() ? row + first.firstTrue() : row + LANES + second.firstTrue();
      }
    }
    while (row < to && accumulators[row] < threshold) {
      row++;
    }
    return row;
  }
}
