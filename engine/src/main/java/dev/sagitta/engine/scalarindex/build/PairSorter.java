package dev.sagitta.engine.scalarindex.build;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Sorts keys and rows with bounded memory: what does not fit goes to temporary files, sorted, which
 * are merged at the end. Rows must come in ascending order. Not safe for concurrent use.
 */
final class PairSorter implements KeySink, AutoCloseable {
  private final Path temporary;
  private final boolean byteKeys;
  private final PairLimits limits;
  private final PairBuffer buffer;
  private final List<Path> files = new ArrayList<>();
  private int filesMade;

  /**
   * A sorter of one kind of keys.
   *
   * @param temporary names of temporary files begin with this
   */
  PairSorter(Path temporary, boolean byteKeys, PairLimits limits) {
    this.temporary = requireNonNull(temporary, "temporary is null");
    this.byteKeys = byteKeys;
    this.limits = requireNonNull(limits, "limits is null");
    this.buffer = new PairBuffer(byteKeys, limits);
  }

  @Override
  public void key(long key, int row) {
    makeRoom(0);
    // As an unsigned number it is ordered like the signed key.
    buffer.add(key ^ Long.MIN_VALUE, row);
  }

  @Override
  public void key(byte[] bytes, int offset, int length, int row) {
    makeRoom(length);
    buffer.add(bytes, offset, length, row);
  }

  private void makeRoom(int length) {
    if (buffer.hasRoom(length)) {
      return;
    }
    try {
      writeFile(buffer.sorted());
      buffer.clear();
      if (files.size() == limits.files()) {
        mergeFiles();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write sorted keys: file=" + temporary, e);
    }
  }

  private void writeFile(SortedPairs pairs) throws IOException {
    Path file = temporary.resolveSibling(temporary.getFileName() + ".run" + filesMade++);
    files.add(file);
    PairFile.write(file, byteKeys, pairs);
  }

  private void mergeFiles() throws IOException {
    List<Path> merged = List.copyOf(files);
    try (SortedPairs pairs = open(List.of())) {
      writeFile(pairs);
    }
    for (Path file : merged) {
      Files.delete(file);
    }
    files.removeAll(merged);
  }

  /** All pairs, sorted; to be called once, when all are there. */
  SortedPairs sorted() throws IOException {
    return files.isEmpty() ? buffer.sorted() : open(List.of(buffer.sorted()));
  }

  private SortedPairs open(List<SortedPairs> last) throws IOException {
    List<SortedPairs> runs = new ArrayList<>();
    try {
      for (Path file : files) {
        runs.add(PairFile.read(file, byteKeys));
      }
      runs.addAll(last);
      return new MergedPairs(runs, byteKeys);
    } catch (IOException | RuntimeException e) {
      runs.forEach(SortedPairs::close);
      throw e;
    }
  }

  /** Removes the temporary files. */
  @Override
  public void close() throws IOException {
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
  }
}
