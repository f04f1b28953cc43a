package dev.sagitta.engine.scalarindex.file;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.storage.BlockFile;
import dev.sagitta.engine.storage.CorruptFileException;
import dev.sagitta.engine.storage.FileTooNewException;
import dev.sagitta.engine.storage.FileTooOldException;
import dev.sagitta.engine.storage.LittleEndian;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * The first block of every scalar index file, code {@link #BLOCK}. The file itself is a {@link
 * BlockFile} of kind INDEX whose number is the build id. All numbers are little-endian.
 *
 * <pre>
 * 64 bytes
 *   0  16 ASCII characters, padded with zeros: name of the index type
 *   16 int32 version of the blocks
 *   20 int32 kind of the keys: 1 integers, 2 doubles, 3 booleans, 4 strings, 5 parts of JSON
 *      documents, 6 hashed runs of characters
 *   24 int32 layout of the rows: 1 lists, 2 containers
 *   28 int32 flags: 1 keys are elements of arrays, 2 keys are rounded or converted values, 4 each
 *      key has one row, 8 each row that is not null has one key
 *   32 int32 rows of the segment
 *   36 int32 number of keys
 *   40 int64 number of pairs of a key and a row
 *   48 int32 shortest run of characters, or 0
 *   52 int32 longest run of characters, or 0
 *   56 int32 type that values of JSON documents are cast to, or 0: {@code JsonCast}'s code
 *   60 int32 CRC32C of the bytes before
 * </pre>
 *
 * The other blocks are specified by {@link LongKeys}, {@link ByteKeys}, {@link RowLists} and {@link
 * RowContainers}; block 2, if there is one, is the path of an index of JSON documents.
 *
 * @param typeName Milvus's name of the index type
 * @param inexact whether keys are not exactly the values, so that values have to be tested too
 * @param uniqueKeys whether each key has one row
 * @param singleValued whether each row that is not null has one key
 */
public record ScalarIndexDescription(
    String typeName,
    KeyKind keyKind,
    RowLayout layout,
    boolean elements,
    boolean inexact,
    boolean uniqueKeys,
    boolean singleValued,
    int rowCount,
    int keyCount,
    long pairCount,
    int minimumGram,
    int maximumGram,
    int jsonCast) {
  /** Code of the block. */
  public static final int BLOCK = 1;

  /** Code of the block of a JSON path. */
  public static final int PATH_BLOCK = 2;

  private static final int VERSION = 1;
  private static final int BYTES = 64;
  private static final int NAME_BYTES = 16;
  private static final int CHECKSUM_POSITION = 60;
  private static final int ELEMENTS = 1;
  private static final int INEXACT = 2;
  private static final int UNIQUE_KEYS = 4;
  private static final int SINGLE_VALUED = 8;

  public ScalarIndexDescription {
    requireNonNull(typeName, "typeName is null");
    requireNonNull(keyKind, "keyKind is null");
    requireNonNull(layout, "layout is null");
    if (rowCount < 0 || keyCount < 0 || pairCount < keyCount) {
      throw new IllegalArgumentException(
          "no such index: rowCount="
              + rowCount
              + " keyCount="
              + keyCount
              + " pairCount="
              + pairCount);
    }
  }

  /** The block's bytes. */
  public MemorySegment toBlock() {
    MemorySegment block = MemorySegment.ofArray(new byte[BYTES]);
    byte[] name = typeName.getBytes(StandardCharsets.US_ASCII);
    if (name.length > NAME_BYTES) {
      throw new IllegalArgumentException("name is too long: name=" + typeName);
    }
    MemorySegment.copy(name, 0, block, LittleEndian.BYTE, 0, name.length);
    int flags =
        (elements ? ELEMENTS : 0)
            | (inexact ? INEXACT : 0)
            | (uniqueKeys ? UNIQUE_KEYS : 0)
            | (singleValued ? SINGLE_VALUED : 0);
    int[] numbers = {VERSION, keyKind.code(), layout.code(), flags, rowCount, keyCount};
    for (int i = 0; i < numbers.length; i++) {
      block.set(LittleEndian.INT, 16 + 4L * i, numbers[i]);
    }
    block.set(LittleEndian.LONG, 40, pairCount);
    block.set(LittleEndian.INT, 48, minimumGram);
    block.set(LittleEndian.INT, 52, maximumGram);
    block.set(LittleEndian.INT, 56, jsonCast);
    block.set(LittleEndian.INT, CHECKSUM_POSITION, checksum(block));
    return block;
  }

  /**
   * Reads the description of an index file.
   *
   * @throws CorruptFileException if the block is damaged or the index is of another type
   * @throws FileTooOldException if this release no longer reads the version
   * @throws FileTooNewException if only a newer release reads the version
   */
  public static ScalarIndexDescription read(BlockFile file, String expectedType) {
    MemorySegment block = file.block(BLOCK);
    if (block.byteSize() != BYTES) {
      throw file.corrupt("length of the description", BYTES, block.byteSize());
    }
    int checksum = block.get(LittleEndian.INT, CHECKSUM_POSITION);
    if (checksum != checksum(block)) {
      throw file.corrupt("checksum of the description", checksum(block), checksum);
    }
    String name =
        new String(
                block.asSlice(0, NAME_BYTES).toArray(LittleEndian.BYTE), StandardCharsets.US_ASCII)
            .replace("\0", "");
    if (!name.equals(expectedType)) {
      throw new CorruptFileException(
          "index is of another type: file="
              + file.name()
              + " expected="
              + expectedType
              + " actual="
              + name);
    }
    int version = block.get(LittleEndian.INT, 16);
    if (version > VERSION) {
      throw new FileTooNewException(versionMessage(file, name, version));
    }
    if (version < VERSION) {
      throw new FileTooOldException(versionMessage(file, name, version));
    }
    return parse(file, name, block);
  }

  private static ScalarIndexDescription parse(BlockFile file, String name, MemorySegment block) {
    int kind = block.get(LittleEndian.INT, 20);
    int layout = block.get(LittleEndian.INT, 24);
    int flags = block.get(LittleEndian.INT, 28);
    int rowCount = block.get(LittleEndian.INT, 32);
    int keyCount = block.get(LittleEndian.INT, 36);
    long pairCount = block.get(LittleEndian.LONG, 40);
    if (rowCount < 0 || keyCount < 0 || pairCount < keyCount) {
      throw file.corrupt("number of pairs of at least", keyCount, pairCount);
    }
    return new ScalarIndexDescription(
        name,
        KeyKind.fromCode(kind).orElseThrow(() -> file.corrupt("kind of keys", 1, kind)),
        RowLayout.fromCode(layout).orElseThrow(() -> file.corrupt("layout of rows", 1, layout)),
        (flags & ELEMENTS) != 0,
        (flags & INEXACT) != 0,
        (flags & UNIQUE_KEYS) != 0,
        (flags & SINGLE_VALUED) != 0,
        rowCount,
        keyCount,
        pairCount,
        block.get(LittleEndian.INT, 48),
        block.get(LittleEndian.INT, 52),
        block.get(LittleEndian.INT, 56));
  }

  private static String versionMessage(BlockFile file, String type, int version) {
    return "index has another version: file="
        + file.name()
        + " type="
        + type
        + " expected="
        + VERSION
        + " actual="
        + version;
  }

  private static int checksum(MemorySegment block) {
    CRC32C crc = new CRC32C();
    crc.update(block.asSlice(0, CHECKSUM_POSITION).asByteBuffer());
    return (int) crc.getValue();
  }
}
