package dev.sagitta.engine.index.compact;

import dev.sagitta.engine.column.DenseVectorColumn;
import dev.sagitta.engine.column.VectorColumn;
import dev.sagitta.engine.index.IndexDescription;
import dev.sagitta.engine.index.IndexFileIdentity;
import dev.sagitta.engine.index.IndexFiles;
import dev.sagitta.engine.index.code.FastScanCode;
import dev.sagitta.engine.index.graph.NodeRows;
import dev.sagitta.engine.index.hnsw.HnswParameters;
import dev.sagitta.engine.storage.BlockFile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/**
 * The file of a compact graph. It holds no vectors: exact distances come from the segment's own.
 *
 * <p>All numbers are little-endian. The description ({@link IndexDescription}) has the type {@code
 * COMPACT_GRAPH}, the version 2 and the numbers m, efConstruction, nodes and entry groups. Its
 * version changes whenever anything here, in {@link NodeBlocks} or in {@link FastScanCode} does.
 * Files of version 1 are read too: their nodes have no codes of their own, and their lists were not
 * filled.
 *
 * <pre>
 * block 2, nodes: the groups of each node, see NodeBlocks
 * block 3, entries: the groups of entry nodes
 * block 4, rows: one int32 a node, the row that it is
 * block 5, code: see FastScanCode
 * </pre>
 */
final class CompactGraphFile {
  private static final int VERSION = 2;
  private static final int VERSION_WITHOUT_OWN_CODES = 1;
  private static final int NODES_BLOCK = 2;
  private static final int ENTRIES_BLOCK = 3;
  private static final int ROWS_BLOCK = 4;
  private static final int CODE_BLOCK = 5;

  private CompactGraphFile() {}

  static void write(
      CompactGraphBuilder.Built built,
      HnswParameters parameters,
      int rowCount,
      IndexFileIdentity identity,
      Path target)
      throws IOException {
    FastScanCode code = built.code();
    IndexDescription description =
        new IndexDescription(
            CompactGraphIndexType.NAME,
            code.metric(),
            VERSION,
            rowCount,
            code.dimension(),
            parameters.m(),
            parameters.efConstruction(),
            built.nodeCount(),
            built.entryGroups());
    long nodeBytes =
        NodeBlocks.nodeBytes(code, NodeBlocks.groupsPerNode(parameters.m()), code.ownBytes());
    long entryBytes = NodeBlocks.nodeBytes(code, 1, 0);
    IndexFiles.write(
        target,
        identity,
        description,
        writer -> {
          writer.block(
              NODES_BLOCK, built.nodes().memory().asSlice(0, nodeBytes * built.nodeCount()));
          writer.block(
              ENTRIES_BLOCK, built.entries().memory().asSlice(0, entryBytes * built.entryGroups()));
          writer.block(ROWS_BLOCK, built.rows().asSlice(0, 4L * built.nodeCount()));
          writer.block(CODE_BLOCK, code.toBytes());
        });
  }

  static CompactGraphIndex open(
      MemorySegment file, VectorColumn vectors, IndexFileIdentity expected) {
    BlockFile blocks = IndexDescription.openFile(file, CompactGraphIndexType.NAME, expected);
    IndexDescription description =
        IndexDescription.read(
            blocks, CompactGraphIndexType.NAME, VERSION_WITHOUT_OWN_CODES, VERSION);
    description.requireRows(blocks, vectors.rowCount(), vectors.dimension());
    int m = description.value0();
    if (m < HnswParameters.M_MIN || m > HnswParameters.M_MAX) {
      throw blocks.corrupt("m of at most", HnswParameters.M_MAX, m);
    }
    int nodeCount = description.value2();
    int entryGroups = description.value3();
    if (nodeCount < 0 || nodeCount > description.rowCount()) {
      throw blocks.corrupt("nodes of at most", description.rowCount(), nodeCount);
    }
    FastScanCode code = FastScanCode.open(description.metric(), blocks.block(CODE_BLOCK));
    if (code.dimension() != description.dimension()) {
      throw blocks.corrupt("dimension of the code", description.dimension(), code.dimension());
    }
    boolean hasOwnCodes = description.version() != VERSION_WITHOUT_OWN_CODES;
    if (hasOwnCodes != code.ownBytes() > 0) {
      throw blocks.corrupt("own codes", hasOwnCodes ? 1 : 0, code.ownBytes() > 0 ? 1 : 0);
    }
    int groupsPerNode = NodeBlocks.groupsPerNode(m);
    long nodeBytes = NodeBlocks.nodeBytes(code, groupsPerNode, code.ownBytes());
    MemorySegment nodes = block(blocks, NODES_BLOCK, nodeBytes * nodeCount);
    MemorySegment entries =
        block(blocks, ENTRIES_BLOCK, (long) NodeBlocks.nodeBytes(code, 1, 0) * entryGroups);
    CompactGraph graph =
        new CompactGraph(
            code,
            new NodeBlocks(nodes, code, groupsPerNode, code.ownBytes()),
            new NodeBlocks(entries, code, 1, 0),
            entryGroups,
            NodeRows.over(block(blocks, ROWS_BLOCK, 4L * nodeCount)),
            nodeCount);
    return new CompactGraphIndex(graph, (DenseVectorColumn) vectors, file);
  }

  private static MemorySegment block(BlockFile blocks, int code, long expected) {
    MemorySegment block = blocks.block(code);
    if (block.byteSize() != expected) {
      throw blocks.corrupt("length of block " + code, expected, block.byteSize());
    }
    return block;
  }
}
