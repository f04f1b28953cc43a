package dev.sagitta.engine.index.graph;

import static java.util.Objects.requireNonNull;

import java.lang.foreign.Arena;

/**
 * The links of a graph. A list of links is an array of little-endian int32 node numbers, of which
 * those behind the last are {@link #END}; on level 0 it has {@code 2 * m} entries, above {@code m}.
 * Lists on level 0 lie in order of the nodes; {@link UpperLists} finds those above.
 *
 * <p>Searches take no lock. A list being rewritten shows them a mix of old and new neighbours, each
 * of which is a complete node; that may cost a detour, never a wrong distance.
 */
public final class LinkGraph {
  /** Fills the entries behind the last link. */
  public static final int END = -1;

  /** The first entry of a node that is not in the graph, in graphs that grow. */
  private static final int ABSENT = -2;

  private final int m;
  private final RecordBlocks links;
  private final UpperLists upperLists;
  private volatile GraphEntry entry;

  /**
   * @param links the lists on level 0
   * @param upperLists the lists above
   */
  public LinkGraph(int m, RecordBlocks links, UpperLists upperLists, GraphEntry entry) {
    this.m = m;
    this.links = requireNonNull(links, "links is null");
    this.upperLists = requireNonNull(upperLists, "upperLists is null");
    this.entry = requireNonNull(entry, "entry is null");
  }

  /**
   * An empty graph that takes its memory from the arena in blocks of {@code 1 << shift} nodes; one
   * thread at a time adds nodes.
   */
  public static LinkGraph growing(Arena arena, int m, int shift, GrowingUpperLists upperLists) {
    return new LinkGraph(
        m,
        RecordBlocks.growing(arena, linkBytes(m), shift, (byte) END),
        upperLists,
        GraphEntry.NONE);
  }

  /** Bytes of a list on level 0. */
  public static int linkBytes(int m) {
    return 2 * m * Integer.BYTES;
  }

  /** Bytes of a list above level 0. */
  public static int upperListBytes(int m) {
    return m * Integer.BYTES;
  }

  public int m() {
    return m;
  }

  /** The most links that a node has on the level. */
  public int maximumLinks(int level) {
    return level == 0 ? 2 * m : m;
  }

  /** Number of nodes that memory exists for; a smaller number read from a list is a node. */
  public int capacity() {
    return links.capacity();
  }

  public GraphEntry entry() {
    return entry;
  }

  /** Takes note that the node is not in the graph; nothing may link to it. */
  public void skip(int node) {
    ensureCapacity(node + 1);
    NativeMemory.setInt(links.address(node), ABSENT);
  }

  /** Whether {@link #skip} was called for the node. */
  public boolean isSkipped(int node) {
    return NativeMemory.getInt(links.address(node)) == ABSENT;
  }

  /** Makes room for the nodes 0 to {@code nodes - 1}. */
  public void ensureCapacity(int nodes) {
    links.ensureCapacity(nodes);
  }

  /**
   * The node's link on level 0 at the position, or {@link #END} behind the last.
   *
   * @param position below the maximum of links
   */
  public int link(int node, int position) {
    return NativeMemory.getInt(links.address(node) + (long) Integer.BYTES * position);
  }

  void setEntry(GraphEntry entry) {
    this.entry = requireNonNull(entry, "entry is null");
  }

  /** Bytes of memory that the links take. */
  public long sizeInBytes() {
    return links.sizeInBytes() + upperLists.sizeInBytes();
  }

  long linksAddress(int node) {
    return links.address(node);
  }

  /** Address of the node's list on the level, or 0 if it has none there. */
  long listAddress(int node, int level) {
    return level == 0 ? links.address(node) : upperLists.address(node, level);
  }
}
