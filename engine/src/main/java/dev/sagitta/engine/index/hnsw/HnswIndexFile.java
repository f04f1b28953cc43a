package dev.sagitta.engine.index.hnsw;

import dev.sagitta.engine.column.VectorColumn;
import dev.sagitta.engine.index.IndexDescription;
import dev.sagitta.engine.index.IndexFileIdentity;
import dev.sagitta.engine.index.IndexFiles;
import dev.sagitta.engine.storage.BlockFile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/**
 * The file of an HNSW index. It holds the vectors too, in the form that the graph compares (padded,
 * and of unit length for cosine): a walk then needs one map, no norms and no tail loops.
 *
 * <p>All numbers are little-endian. The description ({@link IndexDescription}) has the type {@code
 * HNSW}, the version 1 and the numbers m, efConstruction, node and level of the entry (both -1 if
 * no row has a vector). Its version changes whenever anything here does. With p for the dimension
 * rounded up to a multiple of 16, and records padded with zeros to a multiple of 64 bytes:
 *
 * <pre>
 * block 2, vectors: one record a row
 *   0  p times float32, zeros if the row has no vector
 * block 3, links: one record a row
 *   0  int32 number of links
 *   4  int32 number of the row's first upper list, -1 if it is on level 0 only, -2 if it has no
 *      vector and is not in the graph
 *   8  2 * m times int32 row, of which the first are the links
 * block 4, upper lists: one record a row and level above 0; a row's lists lie one after another,
 *   level 1 first
 *   0  int32 number of links
 *   4  zeros
 *   8  m times int32 row, of which the first are the links
 * </pre>
 */
final class HnswIndexFile {
  static final int VERSION = 1;
  static final int VECTORS_BLOCK = 2;
  static final int LINKS_BLOCK = 3;
  static final int UPPER_LISTS_BLOCK = 4;

  private HnswIndexFile() {}

  static void write(
      BuiltGraph built,
      HnswParameters parameters,
      int rowCount,
      IndexFileIdentity identity,
      Path target)
      throws IOException {
    HnswGraph graph = built.graph();
    GraphEntry entry = graph.entry();
    IndexDescription description =
        new IndexDescription(
            HnswIndexType.NAME,
            graph.metric(),
            VERSION,
            rowCount,
            graph.dimension(),
            parameters.m(),
            parameters.efConstruction(),
            entry.node(),
            entry.level());
    IndexFiles.write(
        target,
        identity,
        description,
        writer -> {
          writer.block(VECTORS_BLOCK, built.vectors());
          writer.block(LINKS_BLOCK, built.links());
          writer.block(UPPER_LISTS_BLOCK, built.upperLists());
        });
  }

  static HnswIndex open(MemorySegment file, VectorColumn vectors, IndexFileIdentity expected) {
    BlockFile blocks = IndexDescription.openFile(file, HnswIndexType.NAME, expected);
    IndexDescription description = IndexDescription.read(blocks, HnswIndexType.NAME, VERSION);
    description.requireRows(blocks, vectors.rowCount(), vectors.dimension());
    int rows = description.rowCount();
    int m = description.value0();
    if (m < HnswParameters.M_MIN || m > HnswParameters.M_MAX) {
      throw blocks.corrupt("m of at most", HnswParameters.M_MAX, m);
    }
    GraphEntry entry = new GraphEntry(description.value2(), description.value3());
    if (entry.node() >= rows || entry.level() > GraphEntry.LEVEL_MAX) {
      throw blocks.corrupt("entry below", rows, entry.node());
    }
    int upperBytes = HnswGraph.upperListBytes(m);
    MemorySegment upperLists = blocks.block(UPPER_LISTS_BLOCK);
    int upperCount = Math.toIntExact(upperLists.byteSize() / upperBytes);
    HnswGraph graph =
        new HnswGraph(
            description.metric(),
            description.dimension(),
            m,
            records(blocks, VECTORS_BLOCK, HnswGraph.vectorBytes(description.dimension()), rows),
            records(blocks, LINKS_BLOCK, HnswGraph.linkBytes(m), rows),
            records(blocks, UPPER_LISTS_BLOCK, upperBytes, upperCount));
    graph.setEntry(entry);
    return new HnswIndex(graph, rows, file);
  }

  private static RecordBlocks records(BlockFile blocks, int code, int recordBytes, int count) {
    MemorySegment block = blocks.block(code);
    long expected = (long) recordBytes * count;
    if (block.byteSize() != expected) {
      throw blocks.corrupt("length of block " + code, expected, block.byteSize());
    }
    return RecordBlocks.over(block, recordBytes, count);
  }
}
