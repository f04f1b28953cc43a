package dev.sagitta.query.read;

import dev.sagitta.engine.index.Bm25Statistics;
import dev.sagitta.query.request.TermStatisticsRequest;

/** Statistics of terms between nodes: fields in the order of the records, no names. */
final class TermStatisticsCodec {
  private TermStatisticsCodec() {}

  static void write(TermStatisticsRequest request, WireWriter writer) {
    writer.putLong(request.collectionId());
    writer.putLong(request.catalogVersion());
    writer.putTexts(request.vchannels());
    writer.putLong(request.fieldId());
    writer.putInts(request.indices());
  }

  static TermStatisticsRequest readRequest(WireReader reader) {
    return new TermStatisticsRequest(
        reader.readLong(),
        reader.readLong(),
        reader.readTexts(),
        reader.readLong(),
        reader.readInts());
  }

  static void write(Bm25Statistics statistics, WireWriter writer) {
    writer.putLong(statistics.documentCount());
    writer.putDouble(statistics.totalLength());
    writer.putInts(statistics.indices());
    writer.putLongs(statistics.documentFrequencies());
  }

  static Bm25Statistics read(WireReader reader) {
    return new Bm25Statistics(
        reader.readLong(), reader.readDouble(), reader.readInts(), reader.readLongs());
  }
}
