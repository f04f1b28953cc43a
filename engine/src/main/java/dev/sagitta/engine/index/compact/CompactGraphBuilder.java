package dev.sagitta.engine.index.compact;

import dev.sagitta.engine.column.DenseVectorColumn;
import dev.sagitta.engine.index.BuildProgress;
import dev.sagitta.engine.index.BuildThreads;
import dev.sagitta.engine.index.code.FastScanCode;
import dev.sagitta.engine.index.graph.GraphMemory;
import dev.sagitta.engine.index.graph.LinkGraph;
import dev.sagitta.engine.index.graph.NodeOrder;
import dev.sagitta.engine.index.hnsw.BuiltIndex;
import dev.sagitta.engine.index.hnsw.HnswParameters;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.storage.LittleEndian;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Builds a graph with exact distances, then numbers its nodes anew, breadth first, so that
 * neighbours lie near each other, and writes links and codes into blocks.
 */
final class CompactGraphBuilder {
  private static final int NODES_PER_STEP = 256;
  private static final int ENTRY_GROUPS_MAX = 32;
  private static final long SEED = 42;

  private final Arena arena;
  private final DenseVectorColumn vectors;
  private final int m;
  private final BuildProgress progress;
  private final NodeOrder order;
  private final MemorySegment links;
  private final int nodeCount;

  private CompactGraphBuilder(
      Arena arena,
      DenseVectorColumn vectors,
      int m,
      BuildProgress progress,
      NodeOrder order,
      MemorySegment links) {
    this.arena = arena;
    this.vectors = vectors;
    this.m = m;
    this.progress = progress;
    this.order = order;
    this.links = links;
    this.nodeCount = order.nodeCount();
  }

  /**
   * What a file holds.
   *
   * @param rows row of each node
   */
  record Built(
      FastScanCode code,
      NodeBlocks nodes,
      int nodeCount,
      NodeBlocks entries,
      int entryGroups,
      MemorySegment rows) {}

  /**
   * Builds a graph in memory of the arena, which must be shared between threads.
   *
   * @throws java.util.concurrent.CancellationException if progress says so
   */
  static Built build(
      Arena arena,
      DenseVectorColumn vectors,
      MetricType metric,
      HnswParameters parameters,
      BuildProgress progress) {
    // The exact vectors that only the links need are freed before the blocks come.
    try (Arena temporary = Arena.ofShared()) {
      GraphMemory graph =
          BuiltIndex.build(temporary, vectors, metric, parameters, progress).graph();
      MemorySegment links = arena.allocate(Math.max(1, graph.links().byteSize()), 64);
      MemorySegment.copy(graph.links(), 0, links, 0, graph.links().byteSize());
      CompactGraphBuilder builder =
          new CompactGraphBuilder(arena, vectors, parameters.m(), progress, graph.order(), links);
      return builder.encode(FastScanCode.train(vectors, metric, SEED, progress));
    }
  }

  private Built encode(FastScanCode code) {
    int[] oldNodes = breadthFirst();
    int[] newNodes = new int[nodeCount];
    for (int node = 0; node < nodeCount; node++) {
      newNodes[oldNodes[node]] = node;
    }
    MemorySegment rows = arena.allocate(Math.max(4, 4L * nodeCount), 64);
    for (int node = 0; node < nodeCount; node++) {
      rows.set(LittleEndian.INT, 4L * node, order.row(oldNodes[node]));
    }
    MemorySegment codes = arena.allocate(Math.max(1, (long) nodeCount * code.parts()), 64);
    BuildThreads.run(nodeCount, NODES_PER_STEP, progress, () -> encoder(code, rows, codes));
    int groupBytes = NodeBlocks.groupBytes(code);
    NodeBlocks nodes = allocate(groupBytes, NodeBlocks.groupsPerNode(m), nodeCount);
    BuildThreads.run(
        nodeCount, NODES_PER_STEP, progress, () -> filler(nodes, oldNodes, newNodes, code, codes));
    int entryGroups = entryGroups();
    return new Built(code, nodes, nodeCount, entries(code, codes, entryGroups), entryGroups, rows);
  }

  private NodeBlocks allocate(int groupBytes, int groupsPerNode, int count) {
    long bytes = Math.max(64, (long) groupBytes * groupsPerNode * count);
    return new NodeBlocks(arena.allocate(bytes, 64), groupBytes, groupsPerNode);
  }

  private BuildThreads.Step encoder(FastScanCode code, MemorySegment rows, MemorySegment codes) {
    FastScanCode.Encoder encoder = code.newEncoder();
    float[] vector = new float[vectors.dimension()];
    return (from, to) -> {
      for (int node = from; node < to; node++) {
        vectors.copyVector(rows.get(LittleEndian.INT, 4L * node), vector, 0);
        encoder.encode(vector, 0, codes, (long) node * code.parts());
      }
    };
  }

  private BuildThreads.Step filler(
      NodeBlocks nodes, int[] oldNodes, int[] newNodes, FastScanCode code, MemorySegment codes) {
    int[] neighbours = new int[2 * m];
    return (from, to) -> {
      for (int node = from; node < to; node++) {
        int count = readLinks(oldNodes[node], neighbours);
        for (int i = 0; i < count; i++) {
          neighbours[i] = newNodes[neighbours[i]];
        }
        nodes.fill(node, neighbours, count, code, codes);
      }
    };
  }

  private int readLinks(int node, int[] neighbours) {
    long list = (long) node * LinkGraph.linkBytes(m);
    int count = 0;
    while (count < 2 * m) {
      int neighbour = links.get(LittleEndian.INT, list + 4L * count);
      if (neighbour == LinkGraph.END) {
        break;
      }
      neighbours[count++] = neighbour;
    }
    return count;
  }

  /** The nodes in the order in which a search from the first one meets them, then all others. */
  private int[] breadthFirst() {
    int[] found = new int[nodeCount];
    boolean[] isFound = new boolean[nodeCount];
    int[] neighbours = new int[2 * m];
    int size = 0;
    int next = 0;
    for (int start = 0; start < nodeCount; start++) {
      if (!isFound[start]) {
        isFound[start] = true;
        found[size++] = start;
      }
      for (; next < size; next++) {
        int count = readLinks(found[next], neighbours);
        for (int i = 0; i < count; i++) {
          if (!isFound[neighbours[i]]) {
            isFound[neighbours[i]] = true;
            found[size++] = neighbours[i];
          }
        }
      }
    }
    return found;
  }

  /** As many as make reading them about as long as the way that they save. */
  private int entryGroups() {
    int groups = (int) Math.sqrt(nodeCount) / FastScanCode.SLOTS;
    return nodeCount == 0 ? 0 : Math.clamp(groups, 1, ENTRY_GROUPS_MAX);
  }

  /** Random nodes. */
  private NodeBlocks entries(FastScanCode code, MemorySegment codes, int groups) {
    NodeBlocks entries = allocate(NodeBlocks.groupBytes(code), 1, groups);
    SplittableRandom random = new SplittableRandom(SEED);
    int[] drawn = new int[FastScanCode.SLOTS];
    for (int group = 0; group < groups; group++) {
      int count = Math.min(FastScanCode.SLOTS, nodeCount);
      for (int i = 0; i < count; i++) {
        drawn[i] = nodeCount <= FastScanCode.SLOTS ? i : random.nextInt(nodeCount);
      }
      entries.fill(group, Arrays.copyOf(drawn, count), count, code, codes);
    }
    return entries;
  }
}
