package dev.sagitta.engine.index.compact;

import dev.sagitta.engine.column.DenseVectorColumn;
import dev.sagitta.engine.index.BuildProgress;
import dev.sagitta.engine.index.BuildThreads;
import dev.sagitta.engine.index.code.FastScanCode;
import dev.sagitta.engine.index.graph.GraphMemory;
import dev.sagitta.engine.index.graph.NativeMemory;
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
 * neighbours lie near each other, fills up their lists, and writes links and codes into blocks.
 */
final class CompactGraphBuilder {
  private static final int NODES_PER_STEP = 256;
  private static final int ENTRY_GROUPS_MAX = 32;
  private static final long SEED = 42;

  private final Arena arena;
  private final DenseVectorColumn vectors;
  private final int m;
  private final BuildProgress progress;
  private final int nodeCount;

  private CompactGraphBuilder(
      Arena arena, DenseVectorColumn vectors, int m, BuildProgress progress, int nodeCount) {
    this.arena = arena;
    this.vectors = vectors;
    this.m = m;
    this.progress = progress;
    this.nodeCount = nodeCount;
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
    MemorySegment lists;
    int[] rowOfNode;
    // The exact vectors that only the links need are freed before the blocks come.
    try (Arena temporary = Arena.ofShared()) {
      GraphMemory graph =
          BuiltIndex.build(temporary, vectors, metric, parameters, progress).graph();
      rowOfNode = graph.order().copyRows();
      lists = arena.allocate(Math.max(1, graph.links().byteSize()), 64);
      MemorySegment.copy(graph.links(), 0, lists, 0, graph.links().byteSize());
    }
    NodeLinks links = new NodeLinks(lists, rowOfNode.length, 2 * parameters.m());
    return encode(arena, vectors, metric, parameters.m(), progress, links, rowOfNode);
  }

  static Built encode(
      Arena arena,
      DenseVectorColumn vectors,
      MetricType metric,
      int m,
      BuildProgress progress,
      NodeLinks links,
      int[] rowOfNode) {
    int[] order = links.breadthFirst();
    MemorySegment rows = arena.allocate(Math.max(4, 4L * order.length), 64);
    for (int node = 0; node < order.length; node++) {
      rows.set(LittleEndian.INT, 4L * node, rowOfNode[order[node]]);
    }
    MemorySegment lists = arena.allocate(Math.max(1, links.memory().byteSize()), 64);
    CompactGraphBuilder builder =
        new CompactGraphBuilder(arena, vectors, m, progress, order.length);
    return builder.encode(
        FastScanCode.train(vectors, metric, SEED, progress), links.reordered(order, lists), rows);
  }

  private Built encode(FastScanCode code, NodeLinks links, MemorySegment rows) {
    MemorySegment codes = arena.allocate(Math.max(1, (long) nodeCount * code.parts()), 64);
    int groups = NodeBlocks.groupsPerNode(m);
    NodeBlocks nodes = allocate(code, groups, code.ownBytes(), nodeCount);
    BuildThreads.run(nodeCount, NODES_PER_STEP, progress, () -> encoder(code, rows, codes, nodes));
    BuildThreads.run(
        nodeCount, NODES_PER_STEP, progress, () -> filler(nodes, links, groups, code, codes));
    int entryGroups = entryGroups();
    return new Built(code, nodes, nodeCount, entries(code, codes, entryGroups), entryGroups, rows);
  }

  private NodeBlocks allocate(FastScanCode code, int groups, int ownBytes, int count) {
    long bytes = Math.max(64, (long) NodeBlocks.nodeBytes(code, groups, ownBytes) * count);
    return new NodeBlocks(arena.allocate(bytes, 64).fill((byte) 0), code, groups, ownBytes);
  }

  private BuildThreads.Step encoder(
      FastScanCode code, MemorySegment rows, MemorySegment codes, NodeBlocks nodes) {
    FastScanCode.Encoder encoder = code.newEncoder();
    float[] vector = new float[vectors.dimension()];
    return (from, to) -> {
      for (int node = from; node < to; node++) {
        vectors.copyVector(rows.get(LittleEndian.INT, 4L * node), vector, 0);
        encoder.encode(vector, 0, codes, (long) node * code.parts());
        encoder.encodeOwn(vector, 0, NativeMemory.ALL, nodes.own(node));
      }
    };
  }

  private BuildThreads.Step filler(
      NodeBlocks nodes, NodeLinks links, int groups, FastScanCode code, MemorySegment codes) {
    LinkFiller filler = new LinkFiller(links, nodes, code);
    int[] neighbours = new int[groups * FastScanCode.SLOTS];
    return (from, to) -> {
      for (int node = from; node < to; node++) {
        int count = links.read(node, neighbours);
        count = filler.fill(node, neighbours, count);
        nodes.fill(node, neighbours, count, code, codes);
      }
    };
  }

  /** As many as make reading them about as long as the way that they save. */
  private int entryGroups() {
    int groups = (int) Math.sqrt(nodeCount) / FastScanCode.SLOTS;
    return nodeCount == 0 ? 0 : Math.clamp(groups, 1, ENTRY_GROUPS_MAX);
  }

  /** Random nodes. */
  private NodeBlocks entries(FastScanCode code, MemorySegment codes, int groups) {
    NodeBlocks entries = allocate(code, 1, 0, groups);
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
