package dev.sagitta.engine.index.hnsw;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.vector.UnitVectors;
import dev.sagitta.engine.vector.VectorKernel;
import dev.sagitta.engine.vector.VectorKernels;
import java.lang.foreign.Arena;
import java.util.Arrays;

/**
 * Vectors and links of a graph; node numbers are row numbers. Three kinds of records, all 64-byte
 * aligned, little endian:
 *
 * <ul>
 *   <li>vector of a node: {@code paddedDimension} floats, zeros behind the dimension, of unit
 *       length if the metric is cosine;
 *   <li>links of a node on level 0: count, number of its first upper list (or {@link #NO_UPPER}, or
 *       {@link #ABSENT} if the node is not in the graph), then up to {@code 2 * m} nodes;
 *   <li>upper list: count, 0, then up to {@code m} nodes. A node of level n has n of them in a row.
 * </ul>
 *
 * <p>Searches take no lock. A list being rewritten shows them a mix of old and new neighbours, each
 * of which is a complete node; that may cost a detour, never a wrong distance.
 *
 * <p>Inside the graph a distance is always smaller for nearer: inner products are negated.
 */
final class HnswGraph {
  static final int NO_UPPER = -1;
  static final int ABSENT = -2;
  static final int LIST_HEADER_BYTES = 8;

  /** Floats per vector are a multiple of this, so that no kernel needs to handle a tail. */
  static final int DIMENSION_MULTIPLE = 16;

  static final VectorKernel KERNEL = VectorKernels.preferred();

  private final MetricType metric;
  private final int dimension;
  private final int m;
  private final RecordBlocks vectors;
  private final RecordBlocks links;
  private final RecordBlocks upperLists;
  private volatile GraphEntry entry = GraphEntry.NONE;

  HnswGraph(
      MetricType metric,
      int dimension,
      int m,
      RecordBlocks vectors,
      RecordBlocks links,
      RecordBlocks upperLists) {
    this.metric = requireNonNull(metric, "metric is null");
    this.dimension = dimension;
    this.m = m;
    this.vectors = requireNonNull(vectors, "vectors is null");
    this.links = requireNonNull(links, "links is null");
    this.upperLists = requireNonNull(upperLists, "upperLists is null");
  }

  /** An empty graph that takes its memory from the arena in blocks of {@code 1 << shift} nodes. */
  static HnswGraph growing(Arena arena, MetricType metric, int dimension, int m, int shift) {
    int upperShift = Math.max(4, shift - 4);
    return new HnswGraph(
        metric,
        dimension,
        m,
        RecordBlocks.growing(arena, vectorBytes(dimension), shift),
        RecordBlocks.growing(arena, linkBytes(m), shift),
        RecordBlocks.growing(arena, upperListBytes(m), upperShift));
  }

  static int paddedDimension(int dimension) {
    return Math.ceilDiv(dimension, DIMENSION_MULTIPLE) * DIMENSION_MULTIPLE;
  }

  static int vectorBytes(int dimension) {
    return 4 * paddedDimension(dimension);
  }

  static int linkBytes(int m) {
    return Math.ceilDiv(LIST_HEADER_BYTES + 8 * m, 64) * 64;
  }

  static int upperListBytes(int m) {
    return Math.ceilDiv(LIST_HEADER_BYTES + 4 * m, 64) * 64;
  }

  MetricType metric() {
    return metric;
  }

  int dimension() {
    return dimension;
  }

  int paddedDimension() {
    return paddedDimension(dimension);
  }

  int m() {
    return m;
  }

  int maximumLinks(int level) {
    return level == 0 ? 2 * m : m;
  }

  /** Number of nodes that memory exists for; a smaller number read from a list is a node. */
  int capacity() {
    return links.capacity();
  }

  void ensureCapacity(int nodes) {
    vectors.ensureCapacity(nodes);
    links.ensureCapacity(nodes);
  }

  RecordBlocks upperLists() {
    return upperLists;
  }

  GraphEntry entry() {
    return entry;
  }

  void setEntry(GraphEntry entry) {
    this.entry = requireNonNull(entry, "entry is null");
  }

  long sizeInBytes() {
    return vectors.sizeInBytes() + links.sizeInBytes() + upperLists.sizeInBytes();
  }

  long vectorAddress(int node) {
    return vectors.address(node);
  }

  long linksAddress(int node) {
    return links.address(node);
  }

  /** Address of the node's list on the level, or 0 if it has none there. */
  long listAddress(int node, int level) {
    if (level == 0) {
      return links.address(node);
    }
    int first = firstUpperList(node);
    int number = first + level - 1;
    // A damaged file must not lead outside the mapped memory.
    return first < 0 || number >= upperLists.capacity() ? 0 : upperLists.address(number);
  }

  int firstUpperList(int node) {
    return NativeMemory.getInt(links.address(node) + 4);
  }

  boolean isAbsent(int node) {
    return firstUpperList(node) == ABSENT;
  }

  /** Brings a vector into the form that the graph compares: scaled if need be, and padded. */
  void prepare(float[] source, int sourceOffset, float[] target) {
    if (metric == MetricType.COSINE) {
      UnitVectors.normalize(source, sourceOffset, target, 0, dimension);
    } else {
      System.arraycopy(source, sourceOffset, target, 0, dimension);
    }
    Arrays.fill(target, dimension, paddedDimension(), 0f);
  }

  /** Distance between a prepared vector and a node. */
  float distance(float[] prepared, int node) {
    int length = paddedDimension();
    return metric == MetricType.L2
        ? KERNEL.squaredDistance(prepared, 0, NativeMemory.ALL, vectors.address(node), length)
        : -KERNEL.innerProduct(prepared, 0, NativeMemory.ALL, vectors.address(node), length);
  }

  /** Distances between a prepared vector and the nodes at {@code from} to {@code from + 3}. */
  void distances(float[] prepared, int[] nodes, int from, float[] target) {
    int length = paddedDimension();
    long address0 = vectors.address(nodes[from]);
    long address1 = vectors.address(nodes[from + 1]);
    long address2 = vectors.address(nodes[from + 2]);
    long address3 = vectors.address(nodes[from + 3]);
    if (metric == MetricType.L2) {
      KERNEL.squaredDistances(
          prepared, 0, NativeMemory.ALL, address0, address1, address2, address3, length, target);
    } else {
      KERNEL.innerProducts(
          prepared, 0, NativeMemory.ALL, address0, address1, address2, address3, length, target);
      target[0] = -target[0];
      target[1] = -target[1];
      target[2] = -target[2];
      target[3] = -target[3];
    }
  }

  /** The public score for a distance. */
  float score(float distance) {
    return switch (metric) {
      case L2 -> distance;
      case COSINE -> Math.clamp(-distance, -1f, 1f);
      default -> -distance;
    };
  }
}
