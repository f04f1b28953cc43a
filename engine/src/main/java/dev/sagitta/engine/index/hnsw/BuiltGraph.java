package dev.sagitta.engine.index.hnsw;

import static java.util.Objects.requireNonNull;

import java.lang.foreign.MemorySegment;

/** A graph of fixed size and the three stretches of memory that it lies in. */
record BuiltGraph(
    HnswGraph graph, MemorySegment vectors, MemorySegment links, MemorySegment upperLists) {
  BuiltGraph {
    requireNonNull(graph, "graph is null");
    requireNonNull(vectors, "vectors is null");
    requireNonNull(links, "links is null");
    requireNonNull(upperLists, "upperLists is null");
  }
}
