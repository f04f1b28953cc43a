package dev.sagitta.engine.index.hnsw;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.index.graph.NativeMemory;
import dev.sagitta.engine.index.graph.PairDistances;
import dev.sagitta.engine.index.graph.RecordBlocks;
import dev.sagitta.engine.vector.SmallCodeKernel;
import dev.sagitta.engine.vector.VectorKernels;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Vectors rounded to seven bits a number, for construction only: which of two nodes is nearer is
 * hardly ever another question than for the vectors themselves, at a quarter of the memory traffic.
 * A search compares the vectors.
 *
 * <p>All dimensions have one step, so that squared distances of codes are, but for rounding, those
 * of the vectors in another unit; each dimension has a zero of its own. Both come from a sample, of
 * which the outermost numbers of each dimension are ignored: rarer ones are cut off.
 */
final class ConstructionCodes {
  private static final SmallCodeKernel KERNEL = VectorKernels.smallCodes();
  private static final int SAMPLE_MAX = 2000;

  /** One number of this many at either end of a dimension's sample is ignored. */
  private static final int IGNORED_SHARE = 1000;

  private final RecordBlocks codes;
  private final int codeBytes;

  private ConstructionCodes(RecordBlocks codes, int codeBytes) {
    this.codes = requireNonNull(codes, "codes is null");
    this.codeBytes = codeBytes;
  }

  /** Rounds the vectors of the nodes 0 to {@code nodeCount - 1} into memory of the arena. */
  static ConstructionCodes of(VectorNodes nodes, int nodeCount, Arena arena) {
    int dimension = nodes.dimension();
    int codeBytes =
        Math.ceilDiv(dimension, SmallCodeKernel.BYTES_MULTIPLE) * SmallCodeKernel.BYTES_MULTIPLE;
    RecordBlocks codes =
        RecordBlocks.over(
            arena.allocate((long) nodeCount * codeBytes, RecordBlocks.ALIGNMENT_BYTES),
            codeBytes,
            nodeCount);
    float[] zeros = new float[dimension];
    float step = train(nodes, nodeCount, zeros);
    float[] vector = new float[dimension];
    byte[] code = new byte[codeBytes];
    MemorySegment codeSegment = MemorySegment.ofArray(code);
    for (int node = 0; node < nodeCount; node++) {
      nodes.get(node, vector);
      for (int i = 0; i < dimension; i++) {
        int number = Math.round((vector[i] - zeros[i]) / step);
        code[i] = (byte) Math.clamp(number, 0, SmallCodeKernel.NUMBER_MAX);
      }
      MemorySegment.copy(codeSegment, 0, NativeMemory.ALL, codes.address(node), codeBytes);
    }
    return new ConstructionCodes(codes, codeBytes);
  }

  /** Fills in the zero of each dimension and answers the step of all. */
  private static float train(VectorNodes nodes, int nodeCount, float[] zeros) {
    int samples = Math.min(SAMPLE_MAX, nodeCount);
    float[][] numbers = new float[zeros.length][samples];
    float[] vector = new float[zeros.length];
    for (int sample = 0; sample < samples; sample++) {
      nodes.get((int) ((long) sample * nodeCount / samples), vector);
      for (int i = 0; i < vector.length; i++) {
        numbers[i][sample] = vector[i];
      }
    }
    int ignored = samples / IGNORED_SHARE;
    float range = 0;
    for (int i = 0; i < zeros.length; i++) {
      Arrays.sort(numbers[i]);
      zeros[i] = samples == 0 ? 0 : numbers[i][ignored];
      range = samples == 0 ? 0 : Math.max(range, numbers[i][samples - 1 - ignored] - zeros[i]);
    }
    return range > 0 ? range / SmallCodeKernel.NUMBER_MAX : 1;
  }

  /** A means to compare any two nodes. */
  PairDistances newDistances() {
    return new Distances();
  }

  private final class Distances implements PairDistances {
    private static final int ROWS_PER_CALL = 4;

    private final short[] base = new short[codeBytes];
    private long[] addresses = new long[64 + GROUP];

    // Written so that the compiler does not leave out the early loads whose sum it is.
    @SuppressWarnings("UnusedVariable")
    private int loaded;

    @Override
    public void setBase(int node) {
      KERNEL.readBase(NativeMemory.ALL, codes.address(node), base);
    }

    @Override
    public void compute(int[] nodes, int count, float[] target) {
      if (count > addresses.length - GROUP) {
        addresses = new long[count + GROUP];
      }
      long[] addresses = this.addresses;
      int end = Math.ceilDiv(count, ROWS_PER_CALL) * ROWS_PER_CALL;
      int sum = 0;
      for (int i = 0; i < end; i++) {
        addresses[i] = codes.address(nodes[i]);
        // Starts to load all codes before the first is compared: that saves a fifth of the build.
        sum += NativeMemory.getInt(addresses[i]);
      }
      loaded = sum;
      for (int from = 0; from < count; from += ROWS_PER_CALL) {
        KERNEL.squaredDistances(base, NativeMemory.ALL, addresses, from, target);
      }
    }
  }
}
