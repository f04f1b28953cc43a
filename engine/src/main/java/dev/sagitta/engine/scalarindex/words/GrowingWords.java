package dev.sagitta.engine.scalarindex.words;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.column.GrowableBytes;
import dev.sagitta.engine.column.StringColumn;
import dev.sagitta.engine.text.TextAnalyzer;
import dev.sagitta.engine.text.Token;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lists of words in memory, which take more texts at any time. Each text is cut into tokens once.
 * Not safe for concurrent use.
 */
final class GrowingWords implements WordLists {
  private static final int LIST_BYTES = 128;

  /** The list of one word. */
  private static final class Entry {
    private final GrowableBytes bytes = new GrowableBytes(8);
    private int lastRow = -1;
    private int rows;
  }

  private final TextAnalyzer analyzer;
  private final Map<String, Entry> entries = new HashMap<>();
  private int rowCount;
  private long bytes;

  GrowingWords(TextAnalyzer analyzer) {
    this.analyzer = requireNonNull(analyzer, "analyzer is null");
  }

  @Override
  public int rowCount() {
    return rowCount;
  }

  long memoryBytes() {
    return bytes + (long) entries.size() * LIST_BYTES;
  }

  /** Adds the texts up to row {@code toRow - 1}; null texts have no words. */
  void append(StringColumn texts, int toRow) {
    for (; rowCount < toRow; rowCount++) {
      if (!texts.isNull(rowCount)) {
        append(rowCount, analyzer.tokens(texts.stringAt(rowCount)));
      }
    }
  }

  private void append(int row, List<Token> tokens) {
    Map<String, List<Integer>> places = new HashMap<>();
    for (Token token : tokens) {
      places.computeIfAbsent(token.text(), _ -> new ArrayList<>()).add(token.position());
    }
    places.forEach(
        (word, positions) -> {
          Entry entry = entries.computeIfAbsent(word, _ -> new Entry());
          int before = entry.bytes.size();
          WordList.put(entry.bytes, row - entry.lastRow);
          WordList.put(entry.bytes, positions.size());
          int last = 0;
          for (int position : positions) {
            WordList.put(entry.bytes, position - last);
            last = position;
          }
          entry.lastRow = row;
          entry.rows++;
          bytes += entry.bytes.size() - before;
        });
  }

  @Override
  public Optional<WordList> find(String word) {
    return Optional.ofNullable(entries.get(word)).map(GrowingWords::listOf);
  }

  private static WordList listOf(Entry entry) {
    return new WordList(entry.bytes.memory(), 0, entry.bytes.size(), entry.rows);
  }

  /** All words with their lists, sorted by the words' UTF-8 bytes, compared unsigned. */
  List<Map.Entry<byte[], WordList>> sorted() {
    List<Map.Entry<byte[], WordList>> sorted = new ArrayList<>(entries.size());
    entries.forEach((word, entry) -> sorted.add(Map.entry(word.getBytes(UTF_8), listOf(entry))));
    sorted.sort(Comparator.comparing(Map.Entry::getKey, Arrays::compareUnsigned));
    return sorted;
  }
}
