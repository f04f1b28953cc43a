package dev.sagitta.engine.scalarindex.words;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.text.PhraseWindow;
import dev.sagitta.engine.text.TextQuery;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds the rows of a query by walking through the lists of its words. */
final class WordSearch {
  /** Rough nanoseconds of an entry of a list. */
  private static final double ENTRY_COST = 12;

  private final TextQuery query;
  private final List<Optional<WordList>> lists = new ArrayList<>();

  WordSearch(TextQuery query, WordLists words) {
    this.query = query;
    for (String word : termsOf(query)) {
      lists.add(words.find(word));
    }
  }

  private static List<String> termsOf(TextQuery query) {
    return switch (query) {
      case TextQuery.AnyOf anyOf -> anyOf.terms();
      case TextQuery.Phrase phrase -> phrase.terms();
    };
  }

  /** About how many rows there are, never less. */
  long estimatedRows() {
    return switch (query) {
      case TextQuery.AnyOf _ -> entries();
      case TextQuery.Phrase _ ->
          lists.stream().mapToLong(list -> list.map(WordList::rows).orElse(0)).min().orElse(0);
    };
  }

  double cost() {
    return entries() * ENTRY_COST;
  }

  private long entries() {
    return lists.stream().mapToLong(list -> list.map(WordList::rows).orElse(0)).sum();
  }

  /** The rows below {@code rowLimit}, as a set of {@code rowCount} rows. */
  RowBitmap rows(int rowCount, int rowLimit) {
    RowBitmap rows = new RowBitmap(rowCount);
    switch (query) {
      case TextQuery.AnyOf anyOf when anyOf.minimum() == 1 -> addAny(rows, rowLimit);
      case TextQuery.AnyOf anyOf -> addSome(anyOf.minimum(), rows, rowLimit);
      case TextQuery.Phrase phrase -> addPhrases(phrase, rows, rowLimit);
    }
    return rows;
  }

  private void addAny(RowBitmap rows, int rowLimit) {
    for (Optional<WordList> list : lists) {
      if (list.isPresent()) {
        WordList.Cursor cursor = list.get().cursor();
        while (cursor.next() && cursor.row() < rowLimit) {
          rows.add(cursor.row());
        }
      }
    }
  }

  private void addSome(int minimum, RowBitmap rows, int rowLimit) {
    if (lists.stream().filter(Optional::isPresent).count() < minimum) {
      return;
    }
    short[] found = new short[rowLimit];
    for (Optional<WordList> list : lists) {
      if (list.isPresent()) {
        WordList.Cursor cursor = list.get().cursor();
        while (cursor.next() && cursor.row() < rowLimit) {
          if (++found[cursor.row()] == minimum) {
            rows.add(cursor.row());
          }
        }
      }
    }
  }

  private void addPhrases(TextQuery.Phrase phrase, RowBitmap rows, int rowLimit) {
    if (lists.isEmpty() || lists.stream().anyMatch(Optional::isEmpty)) {
      return;
    }
    WordList.Cursor[] cursors =
        lists.stream().map(list -> list.orElseThrow().cursor()).toArray(WordList.Cursor[]::new);
    Integer[] order = new Integer[cursors.length];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    Arrays.sort(order, Comparator.comparingInt(term -> lists.get(term).orElseThrow().rows()));
    PhraseWindow window = new PhraseWindow(phrase);
    WordList.Cursor rarest = cursors[order[0]];
    while (rarest.next() && rarest.row() < rowLimit) {
      boolean all = true;
      for (int i = 1; i < order.length && all; i++) {
        WordList.Cursor cursor = cursors[order[i]];
        if (!cursor.advance(rarest.row())) {
          return;
        }
        all = cursor.row() == rarest.row();
      }
      if (all) {
        window.clear();
        for (int term = 0; term < cursors.length; term++) {
          int ofTerm = term;
          cursors[term].forEachPlace(place -> window.add(ofTerm, place));
        }
        if (window.fits()) {
          rows.add(rarest.row());
        }
      }
    }
  }
}
