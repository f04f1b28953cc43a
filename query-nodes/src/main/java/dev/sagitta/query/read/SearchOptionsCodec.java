package dev.sagitta.query.read;

import dev.sagitta.query.request.Grouping;
import dev.sagitta.query.request.RowVisibility;
import dev.sagitta.query.request.ScoreBoost;
import dev.sagitta.query.request.SearchOptions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Options of searches as bytes: fields in the order of the records. */
final class SearchOptionsCodec {
  private SearchOptionsCodec() {}

  static void write(SearchOptions options, WireWriter writer) {
    write(options.visibility(), writer);
    putOptional(options.grouping(), writer, SearchOptionsCodec::writeGrouping);
    putOptional(options.boost(), writer, SearchOptionsCodec::writeBoost);
  }

  static SearchOptions read(WireReader reader) {
    return new SearchOptions(
        readVisibility(reader),
        readOptional(reader, SearchOptionsCodec::readGrouping),
        readOptional(reader, SearchOptionsCodec::readBoost));
  }

  static void write(RowVisibility visibility, WireWriter writer) {
    writer.putLong(visibility.readTimestamp());
    writer.putBoolean(visibility.ignoreGrowing());
  }

  static RowVisibility readVisibility(WireReader reader) {
    return new RowVisibility(reader.readLong(), reader.readBoolean());
  }

  /** Values of groups: whether there is one, and the value. */
  static void writeGroups(Collection<Optional<Object>> groups, WireWriter writer) {
    writer.putInt(groups.size());
    groups.forEach(group -> putOptional(group, writer, FilterTextCodec::writeValue));
  }

  static List<Optional<Object>> readGroups(WireReader reader) {
    int count = reader.readInt();
    List<Optional<Object>> groups = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      groups.add(readOptional(reader, FilterTextCodec::readValue));
    }
    return groups;
  }

  private static void writeGrouping(Grouping grouping, WireWriter writer) {
    writer.putLong(grouping.fieldId());
    writer.putTexts(grouping.jsonPath());
    writer.putInt(grouping.size());
    writer.putBoolean(grouping.strict());
    putOptional(grouping.only(), writer, SearchOptionsCodec::writeGroups);
  }

  private static Grouping readGrouping(WireReader reader) {
    return new Grouping(
        reader.readLong(),
        reader.readTexts(),
        reader.readInt(),
        reader.readBoolean(),
        readOptional(reader, source -> new HashSet<>(readGroups(source))));
  }

  private static void writeBoost(ScoreBoost boost, WireWriter writer) {
    writer.putInt(boost.functions().size());
    for (ScoreBoost.Function function : boost.functions()) {
      FilterTextCodec.write(function.filter(), writer);
      writer.putDouble(function.weight());
      putOptional(function.random(), writer, SearchOptionsCodec::writeRandom);
    }
    writer.putBoolean(boost.addFunctions());
    writer.putBoolean(boost.addToScore());
  }

  private static ScoreBoost readBoost(WireReader reader) {
    int count = reader.readInt();
    List<ScoreBoost.Function> functions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      functions.add(
          new ScoreBoost.Function(
              FilterTextCodec.read(reader),
              (float) reader.readDouble(),
              readOptional(reader, SearchOptionsCodec::readRandom)));
    }
    return new ScoreBoost(functions, reader.readBoolean(), reader.readBoolean());
  }

  private static void writeRandom(ScoreBoost.RandomScore random, WireWriter writer) {
    writer.putLong(random.seed());
    writer.putBoolean(random.fieldId().isPresent());
    random.fieldId().ifPresent(writer::putLong);
  }

  private static ScoreBoost.RandomScore readRandom(WireReader reader) {
    return new ScoreBoost.RandomScore(
        reader.readLong(),
        reader.readBoolean() ? OptionalLong.of(reader.readLong()) : OptionalLong.empty());
  }

  private static <T> void putOptional(
      Optional<T> value, WireWriter writer, BiConsumer<T, WireWriter> write) {
    writer.putBoolean(value.isPresent());
    value.ifPresent(present -> write.accept(present, writer));
  }

  private static <T> Optional<T> readOptional(WireReader reader, Function<WireReader, T> read) {
    return reader.readBoolean() ? Optional.of(read.apply(reader)) : Optional.empty();
  }
}
