package dev.sagitta.engine.scalarindex.words;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sagitta.engine.column.GrowableBytes;
import dev.sagitta.engine.index.IndexDescription;
import dev.sagitta.engine.index.IndexFileIdentity;
import dev.sagitta.engine.index.IndexFiles;
import dev.sagitta.engine.storage.BlockFile;
import dev.sagitta.engine.storage.CorruptFileException;
import dev.sagitta.engine.storage.FileTooNewException;
import dev.sagitta.engine.storage.FileTooOldException;
import dev.sagitta.engine.storage.LittleEndian;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The file of a text index: an index file ({@link IndexDescription#openFile}) with its own
 * description. All numbers are little-endian; the version changes whenever anything here does.
 *
 * <pre>
 * block 1, description
 *   0  int32 bytes of the index type's name
 *   4  int32 version, 1
 *   8  int32 number of rows
 *   12 int32 number of words
 *   16 the name in ASCII
 * block 2, records of the words, sorted by the words' bytes (unsigned), one more at the end:
 *   0  int64 offset of the word in block 3; of the last record: the block's length
 *   8  int64 offset of the word's list in block 4; of the last record: the block's length
 *   16 int64 number of rows in the list
 * block 3, words: their UTF-8 bytes, one after another
 * block 4, lists: as in {@link WordList}, one after another
 * </pre>
 */
final class TextIndexFile implements WordLists {
  private static final int VERSION = 1;
  private static final int RECORDS_BLOCK = 2;
  private static final int WORDS_BLOCK = 3;
  private static final int LISTS_BLOCK = 4;
  private static final int RECORD_BYTES = 24;
  private static final int NAME = 16;

  private final BlockFile file;
  private final int rowCount;
  private final int wordCount;
  private final MemorySegment records;
  private final MemorySegment words;
  private final MemorySegment lists;

  private TextIndexFile(BlockFile file, int rowCount, int wordCount) {
    this.file = file;
    this.rowCount = rowCount;
    this.wordCount = wordCount;
    this.records = file.block(RECORDS_BLOCK);
    this.words = file.block(WORDS_BLOCK);
    this.lists = file.block(LISTS_BLOCK);
    long expected = (wordCount + 1L) * RECORD_BYTES;
    if (records.byteSize() != expected) {
      throw file.corrupt("bytes of records", expected, records.byteSize());
    }
    require("bytes of words", records.get(LittleEndian.LONG, last()), words.byteSize());
    require("bytes of lists", records.get(LittleEndian.LONG, last() + 8), lists.byteSize());
  }

  private long last() {
    return (long) wordCount * RECORD_BYTES;
  }

  private void require(String what, long expected, long actual) {
    if (expected != actual) {
      throw file.corrupt(what, expected, actual);
    }
  }

  /** Writes a file of all words. */
  static void write(Path target, IndexFileIdentity identity, String typeName, GrowingWords source)
      throws IOException {
    List<Map.Entry<byte[], WordList>> sorted = source.sorted();
    IndexFiles.write(
        target,
        identity,
        writer -> {
          byte[] name = typeName.getBytes(UTF_8);
          GrowableBytes description = new GrowableBytes(NAME + name.length);
          description.putInt(name.length);
          description.putInt(VERSION);
          description.putInt(source.rowCount());
          description.putInt(sorted.size());
          description.putBytes(name, 0, name.length);
          writer.block(IndexDescription.BLOCK, description.memory());
          writer.block(RECORDS_BLOCK, records(sorted));
          writer.beginBlock(WORDS_BLOCK);
          for (Map.Entry<byte[], WordList> word : sorted) {
            writer.append(MemorySegment.ofArray(word.getKey()));
          }
          writer.endBlock();
          writer.beginBlock(LISTS_BLOCK);
          for (Map.Entry<byte[], WordList> word : sorted) {
            WordList list = word.getValue();
            writer.append(list.memory().asSlice(list.from(), list.to() - list.from()));
          }
          writer.endBlock();
        });
  }

  private static MemorySegment records(List<Map.Entry<byte[], WordList>> sorted) {
    GrowableBytes records = new GrowableBytes((sorted.size() + 1L) * RECORD_BYTES);
    long wordOffset = 0;
    long listOffset = 0;
    for (Map.Entry<byte[], WordList> word : sorted) {
      records.putLong(wordOffset);
      records.putLong(listOffset);
      records.putLong(word.getValue().rows());
      wordOffset += word.getKey().length;
      listOffset += word.getValue().to() - word.getValue().from();
    }
    records.putLong(wordOffset);
    records.putLong(listOffset);
    records.putLong(0);
    return records.memory();
  }

  /**
   * Opens a mapped file.
   *
   * @param rowCount rows of the segment
   * @throws dev.sagitta.engine.storage.UnusableFileException if the file cannot be used
   */
  static TextIndexFile open(
      MemorySegment memory, String typeName, int rowCount, IndexFileIdentity expected) {
    BlockFile file = IndexDescription.openFile(memory, typeName, expected);
    MemorySegment block = file.block(IndexDescription.BLOCK);
    if (block.byteSize() < NAME) {
      throw file.corrupt("bytes of description of at least", NAME, block.byteSize());
    }
    int nameBytes = block.get(LittleEndian.INT, 0);
    if (nameBytes != block.byteSize() - NAME) {
      throw file.corrupt("bytes of name", block.byteSize() - NAME, nameBytes);
    }
    String name = new String(block.asSlice(NAME).toArray(LittleEndian.BYTE), UTF_8);
    if (!name.equals(typeName)) {
      throw new CorruptFileException(
          "index is of another type: file=" + file.name() + " expected=" + typeName);
    }
    int version = block.get(LittleEndian.INT, 4);
    String versions =
        "index has another version: file="
            + file.name()
            + " expected="
            + VERSION
            + " actual="
            + version;
    if (version > VERSION) {
      throw new FileTooNewException(versions);
    }
    if (version < VERSION) {
      throw new FileTooOldException(versions);
    }
    if (block.get(LittleEndian.INT, 8) != rowCount) {
      throw file.corrupt("number of rows", rowCount, block.get(LittleEndian.INT, 8));
    }
    int wordCount = block.get(LittleEndian.INT, 12);
    if (wordCount < 0) {
      throw file.corrupt("number of words of at least", 0, wordCount);
    }
    return new TextIndexFile(file, rowCount, wordCount);
  }

  @Override
  public int rowCount() {
    return rowCount;
  }

  @Override
  public Optional<WordList> find(String word) {
    byte[] utf8 = word.getBytes(UTF_8);
    MemorySegment wanted = MemorySegment.ofArray(utf8);
    int low = 0;
    int high = wordCount - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = compare(middle, wanted);
      if (order == 0) {
        return Optional.of(list(middle));
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return Optional.empty();
  }

  private int compare(int index, MemorySegment wanted) {
    long from = offset(index, 0, words);
    long to = offset(index + 1, 0, words);
    long mismatch = MemorySegment.mismatch(words, from, to, wanted, 0, wanted.byteSize());
    if (mismatch < 0) {
      return 0;
    }
    if (mismatch == to - from) {
      return -1;
    }
    if (mismatch == wanted.byteSize()) {
      return 1;
    }
    return Byte.compareUnsigned(
        words.get(LittleEndian.BYTE, from + mismatch), wanted.get(LittleEndian.BYTE, mismatch));
  }

  private WordList list(int index) {
    long record = (long) index * RECORD_BYTES;
    return new WordList(
        lists,
        offset(index, 8, lists),
        offset(index + 1, 8, lists),
        (int) records.get(LittleEndian.LONG, record + 16));
  }

  /** An offset of a record, kept inside the block that it points to. */
  private long offset(int index, int at, MemorySegment block) {
    long offset = records.get(LittleEndian.LONG, (long) index * RECORD_BYTES + at);
    if (offset < 0 || offset > block.byteSize()) {
      throw file.corrupt("offset of at most", block.byteSize(), offset);
    }
    return offset;
  }
}
