package dev.sagitta.query.read;

import dev.sagitta.engine.column.VectorColumn;
import dev.sagitta.engine.index.IndexSearchParameters;
import dev.sagitta.query.request.FetchRequest;
import dev.sagitta.query.request.NodeSearchRequest;
import dev.sagitta.query.request.RetrieveRequest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Requests between nodes as bytes: fields in the order of the records, no names. */
final class RequestCodec {
  private RequestCodec() {}

  static void write(NodeSearchRequest request, WireWriter writer) {
    writer.putLong(request.collectionId());
    writer.putLong(request.catalogVersion());
    writer.putTexts(request.vchannels());
    writer.putLongs(request.partitionIds());
    writer.putLong(request.fieldId());
    writer.putColumn(request.queries());
    writer.putInt(request.topK());
    writeParameters(request.parameters(), writer);
    FilterTextCodec.write(request.filter(), writer);
    writer.putLongs(request.outputFieldIds());
    writer.putBoolean(request.statistics().isPresent());
    request.statistics().ifPresent(known -> TermStatisticsCodec.write(known, writer));
    SearchOptionsCodec.write(request.options(), writer);
  }

  static NodeSearchRequest readSearch(WireReader reader) {
    return new NodeSearchRequest(
        reader.readLong(),
        reader.readLong(),
        reader.readTexts(),
        new HashSet<>(reader.readLongList()),
        reader.readLong(),
        (VectorColumn) reader.readColumn(),
        reader.readInt(),
        readParameters(reader),
        FilterTextCodec.read(reader),
        reader.readLongList(),
        reader.readBoolean() ? Optional.of(TermStatisticsCodec.read(reader)) : Optional.empty(),
        SearchOptionsCodec.read(reader));
  }

  static void write(RetrieveRequest request, WireWriter writer) {
    writer.putLong(request.collectionId());
    writer.putLong(request.catalogVersion());
    writer.putTexts(request.vchannels());
    writer.putLongs(request.partitionIds());
    FilterTextCodec.write(request.filter(), writer);
    writer.putInt(request.limit());
    writer.putBoolean(request.countOnly());
    writer.putLongs(request.outputFieldIds());
    SearchOptionsCodec.write(request.visibility(), writer);
  }

  static RetrieveRequest readRetrieve(WireReader reader) {
    return new RetrieveRequest(
        reader.readLong(),
        reader.readLong(),
        reader.readTexts(),
        new HashSet<>(reader.readLongList()),
        FilterTextCodec.read(reader),
        reader.readInt(),
        reader.readBoolean(),
        reader.readLongList(),
        SearchOptionsCodec.readVisibility(reader));
  }

  static void write(FetchRequest request, WireWriter writer) {
    writer.putLong(request.collectionId());
    writer.putLongs(request.segmentIds());
    writer.putInts(request.rows());
    writer.putLongs(request.outputFieldIds());
  }

  static FetchRequest readFetch(WireReader reader) {
    return new FetchRequest(
        reader.readLong(), reader.readLongs(), reader.readInts(), reader.readLongList());
  }

  private static void writeParameters(IndexSearchParameters parameters, WireWriter writer) {
    writer.putInt(parameters.values().size());
    parameters
        .values()
        .forEach(
            (name, value) -> {
              writer.putText(name);
              writer.putText(value);
            });
    writeOptional(parameters.radius(), writer);
    writeOptional(parameters.rangeFilter(), writer);
  }

  private static IndexSearchParameters readParameters(WireReader reader) {
    int count = reader.readInt();
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < count; i++) {
      String name = reader.readText();
      values.put(name, reader.readText());
    }
    return new IndexSearchParameters(values, readOptional(reader), readOptional(reader));
  }

  private static void writeOptional(OptionalDouble value, WireWriter writer) {
    writer.putBoolean(value.isPresent());
    value.ifPresent(writer::putDouble);
  }

  private static OptionalDouble readOptional(WireReader reader) {
    return reader.readBoolean() ? OptionalDouble.of(reader.readDouble()) : OptionalDouble.empty();
  }
}
