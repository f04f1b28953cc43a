package dev.sagitta.engine.scalarindex.file;

import dev.sagitta.engine.index.IndexDescription;
import dev.sagitta.engine.index.IndexFileIdentity;
import dev.sagitta.engine.storage.BlockFile;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/** An opened index file: its description and its blocks, in place. Immutable. */
public final class ScalarIndexFile {
  private final BlockFile file;
  private final ScalarIndexDescription description;
  private final RowPostings postings;

  private ScalarIndexFile(BlockFile file, ScalarIndexDescription description) {
    this.file = file;
    this.description = description;
    this.postings =
        switch (description.layout()) {
          case LISTS -> new RowLists(file, description);
          case CONTAINERS -> new RowContainers(file, description);
        };
  }

  /**
   * Opens a mapped file.
   *
   * @param rowCount rows of the segment
   * @throws dev.sagitta.engine.storage.CorruptFileException and its siblings for unusable files
   */
  public static ScalarIndexFile open(
      MemorySegment memory, String typeName, int rowCount, IndexFileIdentity expected) {
    BlockFile file = IndexDescription.openFile(memory, typeName, expected);
    ScalarIndexDescription description = ScalarIndexDescription.read(file, typeName);
    if (description.rowCount() != rowCount) {
      throw file.corrupt("number of rows", rowCount, description.rowCount());
    }
    return new ScalarIndexFile(file, description);
  }

  public ScalarIndexDescription description() {
    return description;
  }

  public RowPostings postings() {
    return postings;
  }

  /** The keys, if they are numbers. */
  public LongKeys longKeys() {
    return new LongKeys(file, description.keyCount());
  }

  /** The keys, if they are bytes. */
  public ByteKeys byteKeys() {
    return new ByteKeys(file, description.keyCount());
  }

  /** The path of an index of JSON documents, as it was written. */
  public Optional<MemorySegment> path() {
    return file.optionalBlock(ScalarIndexDescription.PATH_BLOCK);
  }

  /** An error about this file's content. */
  public RuntimeException corrupt(String what, long expected, long actual) {
    return file.corrupt(what, expected, actual);
  }
}
