package dev.sagitta.engine.segment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sagitta.engine.catalog.ChunkDescriptor;
import dev.sagitta.engine.catalog.SegmentDescriptor;
import dev.sagitta.engine.catalog.SegmentState;
import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.column.ColumnBatch;
import dev.sagitta.engine.column.ColumnBuilder;
import dev.sagitta.engine.function.FieldFunctions;
import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.schema.FunctionSchema;
import dev.sagitta.engine.schema.FunctionType;
import dev.sagitta.engine.time.Deadline;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Rows of random words from a small vocabulary, in a growing segment and in chunks on disk. */
final class RandomTexts {
  static final long TEXT = 101;
  static final long TERMS = 102;
  static final String ANALYZER =
      "{\"tokenizer\": \"whitespace\", \"filter\": [{\"type\": \"stop\", \"stop_words\":"
          + " [\"stop\"]}]}";

  private static final long COLLECTION = 1;
  private static final long SEGMENT = 2;
  private static final int WORDS = 30;

  private final Random random;
  private final Path directory;
  private final List<ChunkDescriptor> chunks = new ArrayList<>();

  /** The texts of the rows, null ones included. */
  final List<String> texts = new ArrayList<>();

  final GrowingSegment growing = new GrowingSegment(COLLECTION, SEGMENT, 3, "v", schema());

  RandomTexts(Random random, Path directory) {
    this.random = random;
    this.directory = directory;
  }

  static CollectionSchema schema() {
    Map<String, String> parameters =
        Map.of(
            "max_length", "1000",
            "enable_analyzer", "true",
            "enable_match", "true",
            "analyzer_params", ANALYZER);
    return new CollectionSchema(
        "texts",
        "",
        List.of(
            FieldSchema.of(100, "id", DataType.INT64).asPrimaryKey(false),
            FieldSchema.of(TEXT, "text", DataType.VARCHAR).asNullable().withParameters(parameters),
            FieldSchema.of(TERMS, "terms", DataType.SPARSE_FLOAT_VECTOR)),
        false,
        List.of(
            new FunctionSchema(
                100, "f", "", FunctionType.BM25, List.of("text"), List.of("terms"), Map.of())));
  }

  String word() {
    // Some words are much more frequent than others.
    int first = random.nextInt(WORDS);
    int second = random.nextInt(WORDS);
    int word = Math.min(first, second);
    return word == 3 ? "stop" : "w" + word;
  }

  String words(int atMost) {
    List<String> words = new ArrayList<>();
    for (int i = random.nextInt(atMost + 1); i > 0; i--) {
      words.add(word());
    }
    return String.join(" ", words);
  }

  /** Rows of the next keys. */
  ColumnBatch batch(int count) {
    CollectionSchema schema = schema();
    ColumnBuilder keys = ColumnBuilder.forField(schema.fields().get(0), count);
    ColumnBuilder values = ColumnBuilder.forField(schema.fields().get(1), count);
    for (int i = 0; i < count; i++) {
      keys.appendLong(texts.size());
      String text = random.nextInt(12) == 0 ? null : words(12);
      texts.add(text);
      if (text == null) {
        values.appendNull();
      } else {
        values.appendString(text);
      }
    }
    Map<Long, Column> columns = new LinkedHashMap<>();
    columns.put(100L, keys.build());
    columns.put(TEXT, values.build());
    return FieldFunctions.ofEngine()
        .withOutputs(
            schema, new ColumnBatch(count, columns), Deadline.after(Duration.ofSeconds(10)));
  }

  /** Appends rows and flushes them as one chunk. */
  void append(int count) throws IOException {
    int before = growing.rowCount();
    growing.append(batch(count), 100);
    try (SegmentView view = growing.acquire()) {
      ChunkWriter writer = new ChunkWriter(directory, COLLECTION, SEGMENT);
      chunks.add(
          writer
              .writeChunk(chunks.size(), schema(), view, before, growing.rowCount())
              .descriptor());
    }
  }

  SealedSegment sealed() throws IOException {
    SegmentDescriptor descriptor =
        new SegmentDescriptor(
            SEGMENT, COLLECTION, 3, "v", SegmentState.SEALED, chunks, List.of(), List.of());
    SealedSegment sealed = SealedSegment.open(descriptor, schema(), directory::resolve);
    sealed.verify();
    assertThat(sealed.rowCount()).isEqualTo(texts.size());
    return sealed;
  }
}
