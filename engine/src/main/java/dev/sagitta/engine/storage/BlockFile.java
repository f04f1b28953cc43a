package dev.sagitta.engine.storage;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A file of checksummed blocks, read in place from a memory map: the frame of binlogs, delta files,
 * stats files and index files. Opening checks header and footer; the blocks are checked by {@link
 * #verify}.
 *
 * <p>All numbers are little-endian. Each byte of the file is covered by one of the checksums.
 *
 * <pre>
 * header, 64 bytes
 *   0  int64 magic: the ASCII characters SAGITTA and B (binlog), D (delta), S (stats)
 *                or I (index)
 *   8  int32 version
 *   12 int32 CRC32C of the header with zeros in these four bytes
 *   16 int64 collection id
 *   24 int64 segment id
 *   32 int64 field id, 0 if the file is not of one field
 *   40 int64 number of the chunk or delta, or the index build
 *   48 zeros
 * blocks, each starting at a multiple of 64 and padded with zeros to one
 * footer
 *   one entry of 24 bytes a block, at most 32:
 *     0  int32 code of the block
 *     4  int32 CRC32C of the block, its padding included
 *     8  int64 offset of the block in the file
 *     16 int64 length of the block without padding
 *   then the trailer, the file's last 32 bytes:
 *     0  int64 offset of the footer in the file
 *     8  int64 bytes of the whole file
 *     16 int32 number of blocks
 *     20 int32 CRC32C of the footer with zeros in these four bytes
 *     24 int64 magic, as in the header
 * </pre>
 */
public final class BlockFile {
  static final int ALIGNMENT = 64;
  static final int HEADER_BYTES = 64;
  static final int HEADER_CHECKSUM_POSITION = 12;
  static final int ENTRY_BYTES = 24;
  static final int MAX_BLOCKS = 32;
  static final int TRAILER_BYTES = 32;
  static final int FOOTER_CHECKSUM_FROM_END = 12;

  private final String name;
  private final MemorySegment file;
  private final long footerOffset;
  private final int blockCount;

  private BlockFile(String name, MemorySegment file, long footerOffset, int blockCount) {
    this.name = name;
    this.file = file;
    this.footerOffset = footerOffset;
    this.blockCount = blockCount;
  }

  /** Maps a file; the memory lives as long as the arena. */
  public static MemorySegment map(Path path, Arena arena) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
    }
  }

  /**
   * Opens a file, checking header and footer.
   *
   * @param name the file's name, for messages
   * @param file the whole file
   * @throws CorruptFileException if the file is damaged or belongs to something else
   * @throws FileTooOldException if this release no longer reads the version
   * @throws FileTooNewException if only a newer release reads the version
   */
  public static BlockFile open(
      String name, MemorySegment file, FileKind kind, FileIdentity identity) {
    requireNonNull(name, "name is null");
    long size = file.byteSize();
    if (size < HEADER_BYTES + TRAILER_BYTES) {
      throw corrupt(name, "length of at least", HEADER_BYTES + TRAILER_BYTES, size);
    }
    checkHeader(name, file, kind, identity);
    long trailer = size - TRAILER_BYTES;
    expect(name, "trailer's magic", kind.magic(), file.get(LittleEndian.LONG, trailer + 24));
    expect(name, "length", file.get(LittleEndian.LONG, trailer + 8), size);
    long footerOffset = file.get(LittleEndian.LONG, trailer);
    int blockCount = file.get(LittleEndian.INT, trailer + 16);
    if (blockCount < 0 || blockCount > MAX_BLOCKS) {
      throw corrupt(name, "number of blocks of at most", MAX_BLOCKS, blockCount);
    }
    expect(name, "footer's offset", trailer - (long) blockCount * ENTRY_BYTES, footerOffset);
    byte[] footer = file.asSlice(footerOffset).toArray(LittleEndian.BYTE);
    int position = footer.length - FOOTER_CHECKSUM_FROM_END;
    expect(
        name,
        "footer's checksum",
        MemorySegment.ofArray(footer).get(LittleEndian.INT, position),
        checksumWithout(footer, position));
    BlockFile opened = new BlockFile(name, file, footerOffset, blockCount);
    opened.checkEntries();
    return opened;
  }

  public String name() {
    return name;
  }

  /**
   * The block's bytes, in place.
   *
   * @throws CorruptFileException if there is no such block
   */
  public MemorySegment block(int code) {
    return optionalBlock(code)
        .orElseThrow(
            () -> new CorruptFileException("file lacks a block: file=" + name + " code=" + code));
  }

  /** The block's bytes, in place, if there is such a block. */
  public Optional<MemorySegment> optionalBlock(int code) {
    for (int i = 0; i < blockCount; i++) {
      long entry = footerOffset + (long) i * ENTRY_BYTES;
      if (file.get(LittleEndian.INT, entry) == code) {
        return Optional.of(
            file.asSlice(
                file.get(LittleEndian.LONG, entry + 8), file.get(LittleEndian.LONG, entry + 16)));
      }
    }
    return Optional.empty();
  }

  /**
   * Reads the whole file and checks all blocks.
   *
   * @throws CorruptFileException if a block is damaged
   */
  public void verify() {
    for (int i = 0; i < blockCount; i++) {
      verifyEntry(footerOffset + (long) i * ENTRY_BYTES);
    }
  }

  /**
   * Reads and checks one block, if there is such a block.
   *
   * @throws CorruptFileException if the block is damaged
   */
  public void verify(int code) {
    for (int i = 0; i < blockCount; i++) {
      long entry = footerOffset + (long) i * ENTRY_BYTES;
      if (file.get(LittleEndian.INT, entry) == code) {
        verifyEntry(entry);
      }
    }
  }

  private void verifyEntry(long entry) {
    long offset = file.get(LittleEndian.LONG, entry + 8);
    long length = padded(file.get(LittleEndian.LONG, entry + 16));
    expect(
        name,
        "checksum of block " + file.get(LittleEndian.INT, entry),
        file.get(LittleEndian.INT, entry + 4),
        Checksum.of(file.asSlice(offset, length)));
  }

  /** An error about this file's content, naming file, expected and actual. */
  public CorruptFileException corrupt(String what, long expected, long actual) {
    return corrupt(name, what, expected, actual);
  }

  private static void checkHeader(
      String name, MemorySegment file, FileKind kind, FileIdentity identity) {
    expect(name, "magic", kind.magic(), file.get(LittleEndian.LONG, 0));
    int version = file.get(LittleEndian.INT, 8);
    if (version > kind.version()) {
      throw new FileTooNewException(versionMessage(name, kind, version));
    }
    if (version < kind.version()) {
      throw new FileTooOldException(versionMessage(name, kind, version));
    }
    byte[] header = file.asSlice(0, HEADER_BYTES).toArray(LittleEndian.BYTE);
    expect(
        name,
        "header's checksum",
        file.get(LittleEndian.INT, HEADER_CHECKSUM_POSITION),
        checksumWithout(header, HEADER_CHECKSUM_POSITION));
    expect(name, "collectionId", identity.collectionId(), file.get(LittleEndian.LONG, 16));
    expect(name, "segmentId", identity.segmentId(), file.get(LittleEndian.LONG, 24));
    expect(name, "fieldId", identity.fieldId(), file.get(LittleEndian.LONG, 32));
    expect(name, "number", identity.number(), file.get(LittleEndian.LONG, 40));
  }

  /** Blocks must follow each other without gaps from the header to the footer. */
  private void checkEntries() {
    long expected = HEADER_BYTES;
    for (int i = 0; i < blockCount; i++) {
      long entry = footerOffset + (long) i * ENTRY_BYTES;
      expect(name, "block's offset", expected, file.get(LittleEndian.LONG, entry + 8));
      long length = file.get(LittleEndian.LONG, entry + 16);
      if (length < 0 || length > footerOffset - expected) {
        throw corrupt(name, "block's length of at most", footerOffset - expected, length);
      }
      expected += padded(length);
    }
    expect(name, "end of blocks", footerOffset, expected);
  }

  /** CRC32C with zeros in the four bytes from the position on, where the checksum itself lies. */
  private static int checksumWithout(byte[] bytes, int position) {
    MemorySegment memory = MemorySegment.ofArray(bytes.clone());
    memory.set(LittleEndian.INT, position, 0);
    return Checksum.of(memory);
  }

  private static long padded(long length) {
    return (length + ALIGNMENT - 1) & -ALIGNMENT;
  }

  private static void expect(String name, String what, long expected, long actual) {
    if (expected != actual) {
      throw corrupt(name, what, expected, actual);
    }
  }

  private static CorruptFileException corrupt(
      String name, String what, long expected, long actual) {
    return new CorruptFileException(
        "file is damaged: file="
            + name
            + " what="
            + what
            + " expected="
            + expected
            + " actual="
            + actual);
  }

  private static String versionMessage(String name, FileKind kind, int version) {
    return "file has another version: file="
        + name
        + " kind="
        + kind
        + " expected="
        + kind.version()
        + " actual="
        + version;
  }
}
