package dev.sagitta.engine.index.diskann;

/**
 * How nodes lie on disk: a record each, in sectors, so that reading a node means reading as few
 * sectors as its length allows. Several short records share a sector, none crosses from one into
 * another; a long record begins a sector. {@link DiskAnnFile} describes the record.
 */
final class NodeLayout {
  static final int SECTOR_BYTES = 4096;

  /** Offsets from the record's header on. */
  static final int DEGREE = 0;

  static final int FIRST_ROW = 4;
  static final int FURTHER_ROWS = 8;
  static final int FURTHER_POSITION = 12;
  static final int LINKS = 16;

  private static final int ALIGNMENT = 64;

  private final int maximumDegree;
  private final int headerOffset;
  private final int recordBytes;
  private final int recordsPerSector;
  private final int groupBytes;

  NodeLayout(int vectorBytes, int maximumDegree) {
    this.maximumDegree = maximumDegree;
    this.headerOffset = roundUp(vectorBytes, ALIGNMENT);
    this.recordBytes = headerOffset + roundUp(LINKS + Integer.BYTES * maximumDegree, ALIGNMENT);
    this.recordsPerSector = Math.max(1, SECTOR_BYTES / recordBytes);
    this.groupBytes = roundUp(recordsPerSector * recordBytes, SECTOR_BYTES);
  }

  /** Bytes from a position in a file to where the next sector begins. */
  static int bytesToSector(long position) {
    return (int) (-position & (SECTOR_BYTES - 1));
  }

  int maximumDegree() {
    return maximumDegree;
  }

  /** From the start of a record, where the vector lies, to its header. */
  int headerOffset() {
    return headerOffset;
  }

  int recordBytes() {
    return recordBytes;
  }

  /** Offset of the node's record, from the first sector on. */
  long offset(int node) {
    int group = node / recordsPerSector;
    return (long) group * groupBytes + (long) (node - group * recordsPerSector) * recordBytes;
  }

  /** Bytes of the sectors of the first nodes. */
  long bytes(int nodes) {
    return (long) Math.ceilDiv(nodes, recordsPerSector) * groupBytes;
  }

  /** How many nodes fit into so many bytes of sectors. */
  int nodesIn(long bytes) {
    return (int) Math.min(Integer.MAX_VALUE, bytes / groupBytes * recordsPerSector);
  }

  private static int roundUp(int value, int multiple) {
    return Math.ceilDiv(value, multiple) * multiple;
  }
}
