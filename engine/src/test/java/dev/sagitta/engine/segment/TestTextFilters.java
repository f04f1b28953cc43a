package dev.sagitta.engine.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.column.ColumnSource;
import dev.sagitta.engine.filter.Filter;
import dev.sagitta.engine.filter.FilterCompiler;
import dev.sagitta.engine.filter.FilterException;
import dev.sagitta.engine.index.BuildProgress;
import dev.sagitta.engine.index.IndexDescription;
import dev.sagitta.engine.index.IndexFileIdentity;
import dev.sagitta.engine.scalarindex.ScalarIndexType;
import dev.sagitta.engine.scalarindex.ScalarIndexTypes;
import dev.sagitta.engine.scalarindex.words.TextIndex;
import dev.sagitta.engine.scalarindex.words.TextIndexType;
import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.storage.BlockFile;
import dev.sagitta.engine.storage.FileKind;
import dev.sagitta.engine.storage.UnusableFileException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Filters for words and phrases find what a plain reference finds, by scan, in a growing segment
 * and in a complete one, without and with its index file.
 */
final class TestTextFilters {
  private static final FieldSchema FIELD =
      RandomTexts.schema().field(RandomTexts.TEXT).orElseThrow();
  private static final ScalarIndexType TYPE =
      ScalarIndexTypes.resolve(TextIndexType.NAME, FIELD, Map.of()).type();
  private static final IndexFileIdentity IDENTITY =
      new IndexFileIdentity(1, 2, RandomTexts.TEXT, 7);

  @TempDir Path directory;

  /** A word at its place among all words, those that the analyzer leaves out included. */
  private record Place(String word, int position) {}

  @Test
  void filtersFindWhatTheReferenceFinds() throws IOException {
    long seed = System.nanoTime();
    System.out.println("seed=" + seed);
    Random random = new Random(seed);
    RandomTexts rows = new RandomTexts(random, directory);
    for (int step = 0; step < 4; step++) {
      int before = rows.growing.rowCount();
      rows.append(1 + random.nextInt(150));
      if (step == 2) {
        // Queries of the steps before have taken all texts before.
        int left = rows.growing.indexNextTexts(RandomTexts.TEXT, 30);
        assertThat(left).isEqualTo(Math.max(0, rows.growing.rowCount() - before - 30));
      }
      check(rows, random, rows.growing);
    }
    try (SealedSegment sealed = rows.sealed()) {
      check(rows, random, sealed);
      attach(sealed);
      try (SegmentView view = sealed.acquire()) {
        assertThat(view.scalarIndexes(RandomTexts.TEXT))
            .filteredOn(TextIndex.class::isInstance)
            .hasSize(1);
      }
      check(rows, random, sealed);
    }
    rows.growing.close();
  }

  private void attach(SealedSegment sealed) throws IOException {
    Path file = directory.resolve("words");
    try (SegmentView view = sealed.acquire()) {
      TYPE.build(
          FIELD, Map.of(), view.column(RandomTexts.TEXT), IDENTITY, BuildProgress.NONE, file);
    }
    sealed.attachScalarIndex(50, RandomTexts.TEXT, TYPE, file, 7);
  }

  private static void check(RandomTexts rows, Random random, Segment segment) {
    try (SegmentView view = segment.acquire()) {
      for (int i = 0; i < 40; i++) {
        String words = rows.words(4);
        int minimum = 1 + random.nextInt(3);
        check(
            view,
            rows,
            random,
            "text_match(text, '" + words + "', minimum_should_match=" + minimum + ")",
            row -> hasWords(rows.texts.get(row), words, minimum));
        int slop = random.nextInt(4);
        check(
            view,
            rows,
            random,
            "phrase_match(text, '" + words + "', " + slop + ")",
            row -> hasPhrase(rows.texts.get(row), words, slop));
        String other = rows.word();
        check(
            view,
            rows,
            random,
            "PHRASE_MATCH(text, \"" + words + "\") or TEXT_MATCH(text, '" + other + "')",
            row ->
                hasPhrase(rows.texts.get(row), words, 0)
                    || hasWords(rows.texts.get(row), other, 1));
      }
    }
  }

  private static void check(
      SegmentView view, RandomTexts rows, Random random, String expression, IntPredicate expected) {
    Filter filter = FilterCompiler.compile(expression, Map.of(), RandomTexts.schema());
    Filter negated =
        FilterCompiler.compile("not (" + expression + ")", Map.of(), RandomTexts.schema());
    RowBitmap some = new RowBitmap(view.rowCount());
    for (int row = 0; row < view.rowCount(); row++) {
      if (random.nextInt(3) == 0) {
        some.add(row);
      }
    }
    RowBitmap found = filter.evaluate(view);
    RowBitmap foundNot = negated.evaluate(view);
    RowBitmap foundOfSome = filter.evaluate(view, some);
    // Columns alone have no indexes: each text is cut and looked at.
    RowBitmap scanned = filter.evaluate(columnsOf(view), some);
    for (int row = 0; row < view.rowCount(); row++) {
      boolean known = rows.texts.get(row) != null;
      boolean passes = known && expected.test(row);
      if (found.contains(row) != passes
          || foundNot.contains(row) != (known && !passes)
          || foundOfSome.contains(row) != (passes && some.contains(row))
          || scanned.contains(row) != (passes && some.contains(row))) {
        throw new AssertionError(
            expression
                + " on "
                + rows.texts.get(row)
                + ": expected="
                + passes
                + " found="
                + found.contains(row)
                + " not="
                + foundNot.contains(row)
                + " among some="
                + foundOfSome.contains(row)
                + " scanned="
                + scanned.contains(row));
      }
    }
  }

  private static ColumnSource columnsOf(SegmentView view) {
    return new ColumnSource() {
      @Override
      public int rowCount() {
        return view.rowCount();
      }

      @Override
      public Column column(long fieldId) {
        return view.column(fieldId);
      }
    };
  }

  private static List<Place> places(String text) {
    List<Place> places = new ArrayList<>();
    String[] words = text == null ? new String[0] : text.split(" ");
    for (int i = 0; i < words.length; i++) {
      if (!words[i].isEmpty() && !words[i].equals("stop")) {
        places.add(new Place(words[i], i));
      }
    }
    return places;
  }

  private static boolean hasWords(String text, String words, int minimum) {
    List<String> wanted = places(words).stream().map(Place::word).distinct().toList();
    List<String> there = places(text).stream().map(Place::word).toList();
    return wanted.stream().filter(there::contains).count() >= minimum;
  }

  /** Tries all choices of places. */
  private static boolean hasPhrase(String text, String words, int slop) {
    List<Place> phrase = places(words);
    return !phrase.isEmpty()
        && choose(phrase, places(text), 0, slop, Integer.MAX_VALUE, Integer.MIN_VALUE);
  }

  private static boolean choose(
      List<Place> phrase, List<Place> text, int term, int slop, int smallest, int largest) {
    if (term == phrase.size()) {
      return true;
    }
    for (Place place : text) {
      if (place.word().equals(phrase.get(term).word())) {
        int displacement = place.position() - phrase.get(term).position();
        int least = Math.min(smallest, displacement);
        int most = Math.max(largest, displacement);
        if (most - least <= slop && choose(phrase, text, term + 1, slop, least, most)) {
          return true;
        }
      }
    }
    return false;
  }

  @Test
  void wrongCallsAreRefused() {
    refused("text_match(id, 'x')", "text match operation on non-string is unsupported");
    refused("phrase_match(id, 'x')", "phrase match operation on non-string is unsupported");
    refused("text_match(text, 5)", "must be a string constant");
    refused("text_match(text, 'x', minimum_should_match=0)", "should be in range [1, 1000]");
    refused("text_match(text, 'x', minimum_should_match=1001)", "should be in range [1, 1000]");
    refused("text_match(text, 'x', minimum_should_match='y')", "const integer expression");
    refused("text_match(text, 'x', slop=1)", "has no parameter named slop");
    refused("phrase_match(text, 'x', -1)", "slop should not be a negative");
    refused("phrase_match(text, 'x', 4294967296)", "slop exceeds the range of type uint32");
    refused("phrase_match(text, 'x', 1.5)", "should be a const integer");
    refused("text_match(text)", "takes 2 or 3 arguments");
    FieldSchema plain = FIELD.withParameters(Map.of("max_length", "10", "enable_analyzer", "true"));
    assertThatThrownBy(
            () ->
                FilterCompiler.compile(
                    "text_match(text, 'x')",
                    Map.of(),
                    new CollectionSchema(
                        "c", "", List.of(RandomTexts.schema().primaryKey(), plain), false)))
        .isInstanceOf(FilterException.class)
        .hasMessageContaining("field \"text\" does not enable match");
  }

  private static void refused(String expression, String words) {
    assertThatThrownBy(() -> FilterCompiler.compile(expression, Map.of(), RandomTexts.schema()))
        .isInstanceOf(FilterException.class)
        .hasMessageContaining(words);
  }

  @Test
  void damagedFilesAreNoticed() throws IOException {
    RandomTexts rows = new RandomTexts(new Random(4), directory);
    rows.append(20);
    Path path = directory.resolve("words");
    try (SealedSegment sealed = rows.sealed();
        SegmentView view = sealed.acquire()) {
      TYPE.build(
          FIELD, Map.of(), view.column(RandomTexts.TEXT), IDENTITY, BuildProgress.NONE, path);
    }
    rows.growing.close();
    byte[] good = Files.readAllBytes(path);
    TYPE.open(MemorySegment.ofArray(good), 20, IDENTITY).close();
    assertThatThrownBy(() -> TYPE.open(MemorySegment.ofArray(good), 21, IDENTITY))
        .isInstanceOf(UnusableFileException.class);
    Random random = new Random(5);
    for (int i = 0; i < good.length; i += 1 + random.nextInt(12)) {
      byte[] flipped = good.clone();
      flipped[i] ^= (byte) (1 << random.nextInt(8));
      assertThatThrownBy(() -> openAndVerify(flipped))
          .as("flipped byte " + i)
          .isInstanceOf(UnusableFileException.class);
      byte[] truncated = Arrays.copyOf(good, i);
      assertThatThrownBy(() -> openAndVerify(truncated))
          .as("truncated to " + i)
          .isInstanceOf(UnusableFileException.class);
    }
  }

  private static void openAndVerify(byte[] bytes) {
    MemorySegment memory = MemorySegment.ofArray(bytes);
    BlockFile.open("words", memory, FileKind.INDEX, IndexDescription.fileIdentity(IDENTITY))
        .verify();
    TYPE.open(memory, 20, IDENTITY).close();
  }
}
