package dev.sagitta.engine.index.graph;

import dev.sagitta.engine.storage.BlockFile;
import dev.sagitta.engine.storage.BlockFileWriter;
import dev.sagitta.engine.storage.LittleEndian;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * The four blocks of an index file that hold a graph. Nodes are numbered by level ({@link
 * NodeOrder}), all numbers are little-endian, lists are as {@link LinkGraph} describes them.
 *
 * <pre>
 * block 16, rows: one int32 a node, the row that it is
 * block 17, levels: one int32 for each level above 0, the nodes of that level or a higher one
 * block 18, links: 2 * m times int32 a node
 * block 19, upper lists: m times int32 for each node of level 1 or above, then for each of level 2
 *   or above, and so on
 * </pre>
 *
 * @param graph the links, in place
 * @param rows the rows, in place
 * @param nodeCount number of nodes
 */
public record GraphBlocks(LinkGraph graph, NodeRows rows, int nodeCount) {
  private static final int ROWS_BLOCK = 16;
  private static final int LEVELS_BLOCK = 17;
  private static final int LINKS_BLOCK = 18;
  private static final int UPPER_LISTS_BLOCK = 19;

  /** Writes the blocks of a graph. */
  public static void write(BlockFileWriter writer, GraphMemory memory) throws IOException {
    NodeOrder order = memory.order();
    writer.block(ROWS_BLOCK, bytesOf(order.rows()));
    writer.block(LEVELS_BLOCK, bytesOf(order.levelCounts()));
    writer.block(LINKS_BLOCK, memory.links());
    writer.block(UPPER_LISTS_BLOCK, memory.upperLists());
  }

  /**
   * The graph of a file, in place.
   *
   * @param m links of a list above level 0, checked by the caller
   * @param rowCount rows of the segment, of which the nodes are some
   * @throws dev.sagitta.engine.storage.CorruptFileException if lengths do not fit each other
   */
  public static GraphBlocks open(BlockFile blocks, int m, int rowCount) {
    MemorySegment rows = blocks.block(ROWS_BLOCK);
    long nodes = rows.byteSize() / Integer.BYTES;
    if (nodes > rowCount) {
      throw blocks.corrupt("nodes of at most", rowCount, nodes);
    }
    requireLength(blocks, ROWS_BLOCK, nodes * Integer.BYTES, rows);
    int nodeCount = (int) nodes;
    MemorySegment links = blocks.block(LINKS_BLOCK);
    requireLength(blocks, LINKS_BLOCK, nodes * LinkGraph.linkBytes(m), links);
    int[] counts = levelCounts(blocks, nodeCount);
    long lists = 0;
    for (int count : counts) {
      lists += count;
    }
    MemorySegment upperLists = blocks.block(UPPER_LISTS_BLOCK);
    requireLength(blocks, UPPER_LISTS_BLOCK, lists * LinkGraph.upperListBytes(m), upperLists);
    LinkGraph graph =
        new LinkGraph(
            m,
            RecordBlocks.over(links, LinkGraph.linkBytes(m), nodeCount),
            new LevelOrderedLists(upperLists, m, counts),
            nodeCount == 0 ? GraphEntry.NONE : new GraphEntry(0, counts.length));
    return new GraphBlocks(graph, NodeRows.over(rows), nodeCount);
  }

  private static int[] levelCounts(BlockFile blocks, int nodeCount) {
    MemorySegment levels = blocks.block(LEVELS_BLOCK);
    long length = levels.byteSize() / Integer.BYTES;
    if (length > GraphEntry.LEVEL_MAX) {
      throw blocks.corrupt("levels of at most", GraphEntry.LEVEL_MAX, length);
    }
    requireLength(blocks, LEVELS_BLOCK, length * Integer.BYTES, levels);
    int[] counts = new int[(int) length];
    int below = nodeCount;
    for (int i = 0; i < counts.length; i++) {
      counts[i] = levels.get(LittleEndian.INT, (long) Integer.BYTES * i);
      if (counts[i] < 1 || counts[i] > below) {
        throw blocks.corrupt("nodes of level " + (i + 1) + " of at most", below, counts[i]);
      }
      below = counts[i];
    }
    return counts;
  }

  private static void requireLength(
      BlockFile blocks, int code, long expected, MemorySegment block) {
    if (block.byteSize() != expected) {
      throw blocks.corrupt("length of block " + code, expected, block.byteSize());
    }
  }

  private static MemorySegment bytesOf(int[] numbers) {
    MemorySegment bytes = MemorySegment.ofArray(new byte[numbers.length * Integer.BYTES]);
    MemorySegment.copy(numbers, 0, bytes, LittleEndian.INT, 0, numbers.length);
    return bytes;
  }
}
