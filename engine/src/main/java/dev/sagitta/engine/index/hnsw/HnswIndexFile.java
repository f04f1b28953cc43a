package dev.sagitta.engine.index.hnsw;

import dev.sagitta.engine.column.VectorColumn;
import dev.sagitta.engine.index.IndexDescription;
import dev.sagitta.engine.index.IndexFileIdentity;
import dev.sagitta.engine.index.IndexFiles;
import dev.sagitta.engine.index.graph.GraphBlocks;
import dev.sagitta.engine.index.graph.RecordBlocks;
import dev.sagitta.engine.storage.BlockFile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/**
 * The file of an HNSW index. It holds the vectors too, in the form that the graph compares (floats
 * are of unit length for cosine) and in its order, so that a walk needs one map.
 *
 * <p>All numbers are little-endian. The description ({@link IndexDescription}) has the type {@code
 * HNSW}, the version 2 and the numbers m, efConstruction, 0 and 0. Its version changes whenever
 * anything here or in {@link GraphBlocks} does.
 *
 * <pre>
 * block 2, vectors: dimension times float32, float16, bfloat16 or int8 a node, as the field has it
 * blocks of the graph, see GraphBlocks
 * </pre>
 */
final class HnswIndexFile {
  static final int VERSION = 2;
  static final int VECTORS_BLOCK = 2;

  private HnswIndexFile() {}

  static void write(
      BuiltIndex built,
      HnswParameters parameters,
      int rowCount,
      IndexFileIdentity identity,
      Path target)
      throws IOException {
    IndexDescription description =
        new IndexDescription(
            HnswIndexType.NAME,
            built.nodes().metric(),
            VERSION,
            rowCount,
            built.nodes().dimension(),
            parameters.m(),
            parameters.efConstruction(),
            0,
            0);
    IndexFiles.write(
        target,
        identity,
        description,
        writer -> {
          writer.block(VECTORS_BLOCK, built.vectors());
          GraphBlocks.write(writer, built.graph());
        });
  }

  static HnswIndex open(MemorySegment file, VectorColumn vectors, IndexFileIdentity expected) {
    BlockFile blocks = IndexDescription.openFile(file, HnswIndexType.NAME, expected);
    IndexDescription description = IndexDescription.read(blocks, HnswIndexType.NAME, VERSION);
    description.requireRows(blocks, vectors.rowCount(), vectors.dimension());
    int m = description.value0();
    if (m < HnswParameters.M_MIN || m > HnswParameters.M_MAX) {
      throw blocks.corrupt("m of at most", HnswParameters.M_MAX, m);
    }
    GraphBlocks graph = GraphBlocks.open(blocks, m, description.rowCount());
    MemorySegment block = blocks.block(VECTORS_BLOCK);
    int vectorBytes = VectorNodes.vectorBytes(vectors.type(), description.dimension());
    long length = (long) vectorBytes * graph.nodeCount();
    if (block.byteSize() != length) {
      throw blocks.corrupt("length of block " + VECTORS_BLOCK, length, block.byteSize());
    }
    VectorNodes nodes =
        new VectorNodes(
            vectors.type(),
            description.metric(),
            description.dimension(),
            RecordBlocks.over(block, vectorBytes, graph.nodeCount()));
    return new HnswIndex(graph, nodes, vectors, file);
  }
}
