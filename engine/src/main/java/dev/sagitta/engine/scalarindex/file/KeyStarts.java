package dev.sagitta.engine.scalarindex.file;

import dev.sagitta.engine.storage.BlockFile;
import dev.sagitta.engine.storage.LittleEndian;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * How many pairs with rows the keys before each key have. Block {@value #BLOCK}: int64 for each
 * key, and the number of all pairs at the end; left out if each key has one row.
 */
public final class KeyStarts {
  /** Code of the block. */
  public static final int BLOCK = 7;

  private final Optional<MemorySegment> starts;

  KeyStarts(BlockFile file, ScalarIndexDescription description) {
    int keyCount = description.keyCount();
    starts =
        description.uniqueKeys()
            ? Optional.empty()
            : Optional.of(Blocks.ofLength(file, BLOCK, (keyCount + 1L) * Long.BYTES));
    if (at(0) != 0 || at(keyCount) != description.pairCount()) {
      throw file.corrupt("number of pairs", description.pairCount(), at(keyCount));
    }
  }

  long at(int key) {
    return starts.isPresent() ? starts.get().get(LittleEndian.LONG, (long) key * Long.BYTES) : key;
  }
}
