package dev.sagitta.engine.index.diskann;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.column.DenseVectorColumn;
import dev.sagitta.engine.column.VectorColumn;
import dev.sagitta.engine.index.IndexDescription;
import dev.sagitta.engine.index.IndexFileIdentity;
import dev.sagitta.engine.index.code.VectorCode;
import dev.sagitta.engine.index.code.VectorCodes;
import dev.sagitta.engine.storage.BlockFile;
import java.lang.foreign.MemorySegment;

/**
 * The file of a DISKANN index. All numbers are little-endian. The description ({@link
 * IndexDescription}) has the type {@code DISKANN}, the version 1 and the numbers maximum degree,
 * nodes that are copied to memory, nodes, and beam width. Its version changes whenever anything
 * here does.
 *
 * <p>Rows whose vectors are equal (as the metric sees them: for cosine, after scaling to unit
 * length) are one node. Nodes are numbered breadth first from the entry, which is node 0; all can
 * be reached from it.
 *
 * <pre>
 * block 2, nodes: zeros up to an offset in the file that is a multiple of 4096, then sectors of
 *   4096 bytes. A record has its vector, then a header and links from the next multiple of 64 on,
 *   and ends at a multiple of 64. A sector holds as many records as fit whole; of records longer
 *   than a sector each begins one.
 *     vector: as the column of its first row has it
 *     header
 *       0  int32 number of links
 *       4  int32 first row with the vector
 *       8  int32 number of further rows with an equal one
 *       12 int32 number of the first of them in block 6
 *       16 maximum degree times int32 node, of which the first are the links
 * block 3, codes: the code of each node's vector, scaled to unit length for cosine
 * block 4, meaning of the codes: see {@link VectorCode#toBytes}
 * block 5, nodes of rows: int32 a row, -1 if it has no vector
 * block 6, further rows: int32 row each, in order of nodes
 * </pre>
 */
final class DiskAnnFile {
  static final int VERSION = 1;
  static final int NO_NODE = -1;

  static final int NODES_BLOCK = 2;
  static final int CODES_BLOCK = 3;
  static final int CODE_BLOCK = 4;
  static final int NODES_OF_ROWS_BLOCK = 5;
  static final int FURTHER_ROWS_BLOCK = 6;

  private final BlockFile blocks;
  private final IndexDescription description;
  private final NodeLayout layout;
  private final int nodeCount;

  private DiskAnnFile(
      BlockFile blocks, IndexDescription description, NodeLayout layout, int nodeCount) {
    this.blocks = requireNonNull(blocks, "blocks is null");
    this.description = requireNonNull(description, "description is null");
    this.layout = requireNonNull(layout, "layout is null");
    this.nodeCount = nodeCount;
  }

  /** Opens a file: copies codes and the first nodes to memory, leaves the others in place. */
  static DiskAnnIndex open(MemorySegment file, VectorColumn vectors, IndexFileIdentity expected) {
    BlockFile blocks = IndexDescription.openFile(file, DiskAnnIndexType.NAME, expected);
    IndexDescription description = IndexDescription.read(blocks, DiskAnnIndexType.NAME, VERSION);
    description.requireRows(blocks, vectors.rowCount(), vectors.dimension());
    requireBelow(blocks, "maximum degree", description.value0(), DiskAnnParameters.MAX_DEGREE_MAX);
    requireBelow(blocks, "nodes", description.value2(), description.rowCount());
    requireBelow(blocks, "nodes in memory", description.value1(), description.value2());
    requireBelow(blocks, "beam width", description.value3(), DiskAnnParameters.BEAM_WIDTH_MAX);
    DenseVectorColumn dense = (DenseVectorColumn) vectors;
    NodeLayout layout = new NodeLayout(dense.vectorBytes(), description.value0());
    return new DiskAnnFile(blocks, description, layout, description.value2()).open(file, dense);
  }

  private DiskAnnIndex open(MemorySegment file, DenseVectorColumn vectors) {
    MemorySegment sectors = sectors(file);
    MemorySegment nodesOfRows =
        block(NODES_OF_ROWS_BLOCK, (long) Integer.BYTES * description.rowCount());
    MemorySegment furtherRows = blocks.block(FURTHER_ROWS_BLOCK);
    // Both are read whole, so that they can be checked whole.
    blocks.verify(CODE_BLOCK);
    blocks.verify(CODES_BLOCK);
    VectorCode code = VectorCodes.open(blocks.block(CODE_BLOCK));
    expect("dimension of the code", description.dimension(), code.dimension());
    MemorySegment codes = block(CODES_BLOCK, (long) code.codeBytes() * nodeCount);
    int cachedNodes = description.value1();
    long cachedBytes = layout.bytes(cachedNodes);
    OwnedMemory memory = new OwnedMemory();
    try {
      MemorySegment residentCodes = memory.allocate(codes.byteSize());
      residentCodes.copyFrom(codes);
      MemorySegment cache = memory.allocate(cachedBytes);
      MemorySegment.copy(sectors, 0, cache, 0, cachedBytes);
      NodeStore nodes = new NodeStore(layout, nodeCount, sectors, cache, cachedNodes, furtherRows);
      DiskAnnSearch search =
          new DiskAnnSearch(
              nodes,
              new ResidentCodes(code, residentCodes, nodeCount),
              new ExactScores(nodes, vectors.type(), description.metric(), description.dimension()),
              nodesOfRows,
              description.metric(),
              description.dimension(),
              layout.maximumDegree(),
              description.value3());
      return new DiskAnnIndex(
          search,
          nodes,
          description.metric(),
          description.rowCount(),
          codes.byteSize() + cachedBytes,
          memory);
    } catch (RuntimeException | Error e) {
      memory.close();
      throw e;
    }
  }

  private MemorySegment sectors(MemorySegment file) {
    long position = blocks.block(NODES_BLOCK).address() - file.address();
    int zeros = NodeLayout.bytesToSector(position);
    return block(NODES_BLOCK, zeros + layout.bytes(nodeCount)).asSlice(zeros);
  }

  private MemorySegment block(int code, long bytes) {
    MemorySegment block = blocks.block(code);
    expect("length of block " + code, bytes, block.byteSize());
    return block;
  }

  private void expect(String what, long expected, long actual) {
    if (expected != actual) {
      throw blocks.corrupt(what, expected, actual);
    }
  }

  private static void requireBelow(BlockFile blocks, String what, int value, int maximum) {
    if (value < 0 || value > maximum) {
      throw blocks.corrupt(what + " of at most", maximum, value);
    }
  }
}
