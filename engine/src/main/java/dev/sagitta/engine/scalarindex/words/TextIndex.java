package dev.sagitta.engine.scalarindex.words;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.scalarindex.RowMatch;
import dev.sagitta.engine.scalarindex.ScalarIndex;
import dev.sagitta.engine.scalarindex.ScalarTest;
import dev.sagitta.engine.text.TextQuery;
import java.util.Optional;

/** The words of a complete segment's texts, searched where their file is mapped. */
public final class TextIndex implements ScalarIndex {
  private final TextIndexFile file;

  TextIndex(TextIndexFile file) {
    this.file = file;
  }

  @Override
  public int rowCount() {
    return file.rowCount();
  }

  @Override
  public Optional<RowMatch> match(ScalarTest test) {
    return test instanceof ScalarTest.Text(TextQuery query)
        ? Optional.of(new Match(new WordSearch(query, file), file.rowCount()))
        : Optional.empty();
  }

  @Override
  public long sizeInBytes() {
    return 0;
  }

  /** Nothing: the memory belongs to whoever opened the index. */
  @Override
  public void close() {}

  private record Match(WordSearch search, int rowCount) implements RowMatch {
    @Override
    public long estimatedRows() {
      return Math.min(search.estimatedRows(), rowCount);
    }

    @Override
    public double cost() {
      return search.cost();
    }

    @Override
    public boolean exact() {
      return true;
    }

    @Override
    public RowBitmap rows() {
      return search.rows(rowCount, rowCount);
    }
  }
}
