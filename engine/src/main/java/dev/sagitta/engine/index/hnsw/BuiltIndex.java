package dev.sagitta.engine.index.hnsw;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.column.DenseVectorColumn;
import dev.sagitta.engine.index.BuildProgress;
import dev.sagitta.engine.index.graph.GraphBuilder;
import dev.sagitta.engine.index.graph.GraphMemory;
import dev.sagitta.engine.index.graph.NodeOrder;
import dev.sagitta.engine.index.graph.PairDistances;
import dev.sagitta.engine.index.graph.RecordBlocks;
import dev.sagitta.engine.schema.MetricType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.Supplier;

/**
 * A graph of all rows of a column, in memory.
 *
 * @param graph the links
 * @param nodes the vectors, by node
 * @param vectors the memory of the vectors
 */
public record BuiltIndex(GraphMemory graph, VectorNodes nodes, MemorySegment vectors) {
  public BuiltIndex {
    requireNonNull(graph, "graph is null");
    requireNonNull(nodes, "nodes is null");
    requireNonNull(vectors, "vectors is null");
  }

  /**
   * Builds a graph in memory of the arena, which must be shared between threads.
   *
   * @throws java.util.concurrent.CancellationException if progress says so
   */
  public static BuiltIndex build(
      Arena arena,
      DenseVectorColumn column,
      MetricType metric,
      HnswParameters parameters,
      BuildProgress progress) {
    NodeOrder order = NodeOrder.of(column, parameters.m());
    int vectorBytes = VectorNodes.vectorBytes(column.type(), column.dimension());
    MemorySegment memory =
        arena.allocate((long) order.nodeCount() * vectorBytes, RecordBlocks.ALIGNMENT_BYTES);
    VectorNodes nodes =
        new VectorNodes(
            column.type(),
            metric,
            column.dimension(),
            RecordBlocks.over(memory, vectorBytes, order.nodeCount()));
    float[] vector = new float[column.dimension()];
    for (int node = 0; node < order.nodeCount(); node++) {
      nodes.set(node, column, order.row(node), vector);
    }
    GraphMemory graph = GraphMemory.allocate(arena, order, parameters.m());
    try (Arena codeArena = Arena.ofShared()) {
      GraphBuilder.build(
          graph,
          distances(nodes, order.nodeCount(), codeArena),
          parameters.efConstruction(),
          progress);
    }
    return new BuiltIndex(graph, nodes, memory);
  }

  private static Supplier<PairDistances> distances(VectorNodes nodes, int nodeCount, Arena arena) {
    // Codes keep distances, but not inner products of vectors of different lengths.
    if (nodes.metric() == MetricType.IP) {
      return () -> new VectorDistances(nodes);
    }
    ConstructionCodes codes = ConstructionCodes.of(nodes, nodeCount, arena);
    boolean tellApart =
        new RoundingCheck(new VectorDistances(nodes), codes.newDistances(), nodeCount).tellsApart();
    return tellApart ? codes::newDistances : () -> new VectorDistances(nodes);
  }
}
