package dev.sagitta.query.read;

import dev.sagitta.query.request.NodeSearchResult;
import dev.sagitta.query.request.RetrieveResult;
import java.util.Optional;

/** Results between nodes as bytes: fields in the order of the records; rows by BatchCodec. */
final class ResultCodec {
  private ResultCodec() {}

  static void write(NodeSearchResult result, WireWriter writer) {
    writer.putInts(result.hitCounts());
    writer.putFloats(result.scores());
    writer.putKeys(result.keys());
    writer.putLongs(result.segmentIds());
    writer.putInts(result.rows());
    writer.putBoolean(result.fields().isPresent());
    result.fields().ifPresent(writer::putBatch);
    writer.putBoolean(result.groups().isPresent());
    result.groups().ifPresent(groups -> SearchOptionsCodec.writeGroups(groups, writer));
  }

  static NodeSearchResult readSearch(WireReader reader) {
    return new NodeSearchResult(
        reader.readInts(),
        reader.readFloats(),
        reader.readKeys(),
        reader.readLongs(),
        reader.readInts(),
        reader.readBoolean() ? Optional.of(reader.readBatch()) : Optional.empty(),
        reader.readBoolean()
            ? Optional.of(SearchOptionsCodec.readGroups(reader))
            : Optional.empty());
  }

  static void write(RetrieveResult result, WireWriter writer) {
    writer.putLong(result.count());
    writer.putBatch(result.rows());
  }

  static RetrieveResult readRetrieve(WireReader reader) {
    return new RetrieveResult(reader.readLong(), reader.readBatch());
  }
}
