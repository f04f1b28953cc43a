package dev.sagitta.engine.scalarindex.ngram;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.filter.json.JsonPath;
import dev.sagitta.engine.filter.json.JsonTest;
import dev.sagitta.engine.filter.json.JsonTests;
import dev.sagitta.engine.filter.text.Utf8Shape;
import dev.sagitta.engine.filter.text.Utf8Test;
import dev.sagitta.engine.scalarindex.RowMatch;
import dev.sagitta.engine.scalarindex.ScalarIndex;
import dev.sagitta.engine.scalarindex.ScalarTest;
import dev.sagitta.engine.scalarindex.file.LongKeys;
import dev.sagitta.engine.scalarindex.file.ScalarIndexFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * An index of the runs of characters in strings (n-grams, as in Zobel, Moffat and Sacks-Davis,
 * "Searching large lexicons for partially specified terms using compressed inverted files", 1993):
 * a string that contains a text has all runs of that text. Rows that have them are candidates, the
 * filter looks at their strings.
 */
final class NgramIndex implements ScalarIndex {
  private final ScalarIndexFile file;
  private final LongKeys keys;
  private final Optional<JsonPath> path;

  NgramIndex(ScalarIndexFile file, Optional<JsonPath> path) {
    this.file = file;
    this.keys = file.longKeys();
    this.path = path;
  }

  @Override
  public int rowCount() {
    return file.description().rowCount();
  }

  @Override
  public Optional<RowMatch> match(ScalarTest test) {
    return switch (test) {
      case ScalarTest.Strings strings when path.isEmpty() -> match(strings.test());
      case ScalarTest.Json(JsonPath testedPath, JsonTest jsonTest)
          when path.isPresent()
              && path.get().equals(testedPath)
              && jsonTest instanceof JsonTests.Text ->
          match(((JsonTests.Text) jsonTest).test());
      default -> Optional.empty();
    };
  }

  private Optional<RowMatch> match(Utf8Test test) {
    List<Integer> found = new ArrayList<>();
    boolean[] absent = {false};
    for (byte[] literal : test.shape().literals()) {
      int characters = Grams.characters(literal);
      int length = Math.min(characters, file.description().maximumGram());
      if (length >= file.description().minimumGram()) {
        Grams.forEach(
            literal,
            0,
            literal.length,
            length,
            length,
            gram -> {
              int ordinal = keys.lowerBound(gram);
              if (ordinal < keys.size() && keys.get(ordinal) == gram) {
                found.add(ordinal);
              } else {
                absent[0] = true;
              }
            });
      }
    }
    if (absent[0]) {
      return Optional.of(new NoRows(rowCount()));
    }
    if (found.isEmpty()) {
      return Optional.empty();
    }
    int[] rarestFirst =
        found.stream()
            .distinct()
            .sorted(Comparator.comparingLong(key -> file.postings().pairCount(key, key + 1)))
            .mapToInt(Integer::intValue)
            .toArray();
    return Optional.of(new GramMatch(file, rarestFirst, isRun(test.shape())));
  }

  /** Whether the test asks for strings with one text, and the text itself is a key. */
  private boolean isRun(Utf8Shape shape) {
    return shape.literalDecides()
        && Grams.isPlain(shape.literals().getFirst())
        && Grams.characters(shape.literals().getFirst()) <= file.description().maximumGram();
  }

  /** A run of the text is nowhere. */
  private record NoRows(int rowCount) implements RowMatch {
    @Override
    public long estimatedRows() {
      return 0;
    }

    @Override
    public double cost() {
      return 0;
    }

    @Override
    public boolean exact() {
      return true;
    }

    @Override
    public RowBitmap rows() {
      return new RowBitmap(rowCount);
    }
  }

  @Override
  public long sizeInBytes() {
    return 0;
  }

  /** Nothing: the memory belongs to whoever opened the index. */
  @Override
  public void close() {}
}
