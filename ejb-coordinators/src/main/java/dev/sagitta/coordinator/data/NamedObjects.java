package dev.sagitta.coordinator.data;

import dev.sagitta.engine.catalog.CatalogSnapshot;
import dev.sagitta.engine.catalog.ChunkDescriptor;
import dev.sagitta.engine.catalog.SegmentDescriptor;
import dev.sagitta.engine.storage.StorageLayout;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether a catalog names an object; see {@link StorageLayout}. */
final class NamedObjects {
  private static final Pattern KEY =
      Pattern.compile(
          Pattern.quote(StorageLayout.COLLECTIONS_PREFIX)
              + "(\\d{1,19})/segments/(\\d{1,19})/(?:"
              + "fields/(\\d{1,19})/(\\d{1,19})\\.binlog"
              + "|deltas/(\\d{1,19})\\.delta"
              + "|stats/(\\d{1,19})\\.stats"
              + "|indexes/(\\d{1,19})/(\\d{1,19})/([^/]+))");

  private NamedObjects() {}

  /** Whether the key is one of ours to remove when no catalog names it. */
  static boolean isSegmentFile(String key) {
    return KEY.matcher(key).matches();
  }

  static boolean isNamed(CatalogSnapshot snapshot, String key) {
    Matcher matcher = KEY.matcher(key);
    if (!matcher.matches()) {
      return false;
    }
    long collectionId = Long.parseLong(matcher.group(1));
    long segmentId = Long.parseLong(matcher.group(2));
    SegmentDescriptor segment = snapshot.segmentsOf(collectionId).get(segmentId);
    if (segment == null) {
      return false;
    }
    OptionalLong field = number(matcher, 3);
    if (field.isPresent()) {
      return chunk(segment, number(matcher, 4).getAsLong())
          .filter(chunk -> chunk.fieldIds().contains(field.getAsLong()))
          .isPresent();
    }
    OptionalLong delta = number(matcher, 5);
    if (delta.isPresent()) {
      return segment.deltas().stream().anyMatch(file -> file.number() == delta.getAsLong());
    }
    OptionalLong stats = number(matcher, 6);
    if (stats.isPresent()) {
      return chunk(segment, stats.getAsLong()).isPresent();
    }
    long indexedField = number(matcher, 7).getAsLong();
    long build = number(matcher, 8).getAsLong();
    Optional<String> name = Optional.of(matcher.group(9));
    return segment.indexes().stream()
        .anyMatch(
            index ->
                index.fieldId() == indexedField
                    && index.buildId() == build
                    && index.fileName().equals(name));
  }

  private static Optional<ChunkDescriptor> chunk(SegmentDescriptor segment, long number) {
    return segment.chunks().stream().filter(chunk -> chunk.number() == number).findFirst();
  }

  private static OptionalLong number(Matcher matcher, int group) {
    String text = matcher.group(group);
    return text == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
  }
}
