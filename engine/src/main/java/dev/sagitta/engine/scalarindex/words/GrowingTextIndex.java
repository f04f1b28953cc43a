package dev.sagitta.engine.scalarindex.words;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.column.StringColumn;
import dev.sagitta.engine.scalarindex.RowMatch;
import dev.sagitta.engine.scalarindex.ScalarIndex;
import dev.sagitta.engine.scalarindex.ScalarTest;
import dev.sagitta.engine.text.TextAnalyzer;
import dev.sagitta.engine.text.TextQuery;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * The words of a segment's texts in memory, for segments without an index file: growing ones, and
 * complete ones that are small or wait for their file. Whoever asks first brings it up to the rows
 * that it sees, so that each text is cut into tokens once, not once a query; a background task may
 * have done so before. Safe for concurrent use.
 */
public final class GrowingTextIndex {
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private final GrowingWords words;

  public GrowingTextIndex(TextAnalyzer analyzer) {
    this.words = new GrowingWords(analyzer);
  }

  /**
   * Takes more rows.
   *
   * @param texts holds at least {@code toRow} rows, the first of them those taken before
   * @param maxRows at most this many rows
   * @return number of rows up to {@code toRow} that are still not taken
   */
  public int append(StringColumn texts, int toRow, int maxRows) {
    requireNonNull(texts, "texts is null");
    Lock writing = lock.writeLock();
    writing.lock();
    try {
      words.append(texts, (int) Math.min(toRow, (long) words.rowCount() + maxRows));
      return Math.max(0, toRow - words.rowCount());
    } finally {
      writing.unlock();
    }
  }

  public long memoryBytes() {
    return reading(words::memoryBytes);
  }

  /** An index of the column's rows as they are now. */
  public ScalarIndex over(StringColumn texts) {
    return new View(requireNonNull(texts, "texts is null"));
  }

  private <T> T reading(Supplier<T> read) {
    Lock reading = lock.readLock();
    reading.lock();
    try {
      return read.get();
    } finally {
      reading.unlock();
    }
  }

  private final class View implements ScalarIndex {
    private final StringColumn texts;

    View(StringColumn texts) {
      this.texts = texts;
    }

    @Override
    public int rowCount() {
      return texts.rowCount();
    }

    @Override
    public Optional<RowMatch> match(ScalarTest test) {
      return test instanceof ScalarTest.Text(TextQuery query)
          ? Optional.of(match(query))
          : Optional.empty();
    }

    private RowMatch match(TextQuery query) {
      if (reading(words::rowCount) < rowCount()) {
        append(texts, rowCount(), Integer.MAX_VALUE);
      }
      return reading(
          () -> {
            WordSearch search = new WordSearch(query, words);
            return new Match(query, search.estimatedRows(), search.cost(), rowCount());
          });
    }

    @Override
    public long sizeInBytes() {
      return 0;
    }

    /** Nothing: the words belong to the segment. */
    @Override
    public void close() {}
  }

  /** Looks the words up again when the rows are asked for: lists may have moved in between. */
  private final class Match implements RowMatch {
    private final TextQuery query;
    private final long estimatedRows;
    private final double cost;
    private final int rowCount;

    Match(TextQuery query, long estimatedRows, double cost, int rowCount) {
      this.query = query;
      this.estimatedRows = estimatedRows;
      this.cost = cost;
      this.rowCount = rowCount;
    }

    @Override
    public long estimatedRows() {
      return Math.min(estimatedRows, rowCount);
    }

    @Override
    public double cost() {
      return cost;
    }

    @Override
    public boolean exact() {
      return true;
    }

    @Override
    public RowBitmap rows() {
      return reading(() -> new WordSearch(query, words).rows(rowCount, rowCount));
    }
  }
}
