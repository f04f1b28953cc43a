package dev.sagitta.engine.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.storage.CorruptFileException;
import dev.sagitta.engine.storage.FileTooNewException;
import dev.sagitta.engine.storage.FileTooOldException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** What is written is read back equal, and what is damaged is refused. */
final class TestCatalogCodec {
  @Test
  void randomSnapshotsAndEntriesComeBackEqual() {
    for (long seed = 0; seed < 40; seed++) {
      RandomCatalog changes = new RandomCatalog(new Random(seed));
      CatalogSnapshot snapshot = changes.grow(CatalogSnapshot.empty(), 150);
      assertThat(CatalogCodec.decodeSnapshot("s", CatalogCodec.encodeSnapshot(snapshot)))
          .as("seed=" + seed)
          .isEqualTo(snapshot);
      List<CatalogChange> group = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        group.add(changes.change(snapshot));
      }
      CatalogLogEntry entry = new CatalogLogEntry(seed + 1, 3, "creation", group);
      assertThat(CatalogCodec.decodeEntry("e", CatalogCodec.encodeEntry(entry)))
          .as("seed=" + seed)
          .isEqualTo(entry);
    }
  }

  @Test
  void snapshotsOfVersion2HaveNoStructs() throws JsonProcessingException {
    CatalogSnapshot snapshot = new RandomCatalog(new Random(7)).grow(CatalogSnapshot.empty(), 60);
    String text = new String(CatalogCodec.encodeSnapshot(snapshot), UTF_8);
    JsonNode root = CatalogJson.mapper().readTree(text.substring(text.indexOf('\n') + 1));
    root.findParents("structs").forEach(node -> ((ObjectNode) node).remove("structs"));
    CatalogSnapshot read = CatalogCodec.decodeSnapshot("s", ofVersion(2, root.toString()));
    assertThat(read.collections().values())
        .isNotEmpty()
        .allSatisfy(collection -> assertThat(collection.schema().structs()).isEmpty());
    read.collections()
        .forEach(
            (id, collection) -> {
              CollectionSchema before = snapshot.collections().get(id).schema();
              assertThat(collection.schema().functions()).isEqualTo(before.functions());
              assertThat(collection.schema().fields()).isEqualTo(before.fields());
            });
  }

  private static byte[] ofVersion(int version, String json) {
    CRC32C crc = new CRC32C();
    crc.update(json.getBytes(UTF_8));
    return String.format("sagitta-catalog-snapshot %d %08x\n%s", version, crc.getValue(), json)
        .getBytes(UTF_8);
  }

  @Test
  void snapshotsOfVersion1HaveNoFunctionsAndNoTruncations() throws JsonProcessingException {
    CatalogSnapshot snapshot = new RandomCatalog(new Random(6)).grow(CatalogSnapshot.empty(), 60);
    String text = new String(CatalogCodec.encodeSnapshot(snapshot), UTF_8);
    JsonNode root = CatalogJson.mapper().readTree(text.substring(text.indexOf('\n') + 1));
    root.findParents("functions").forEach(node -> ((ObjectNode) node).remove("functions"));
    root.findParents("truncatedTimestamp")
        .forEach(node -> ((ObjectNode) node).remove("truncatedTimestamp"));
    String json = root.toString();
    assertThat(json)
        .doesNotContain("functions", "truncatedTimestamp")
        .contains("dynamicFieldEnabled");
    CatalogSnapshot read = CatalogCodec.decodeSnapshot("s", ofVersion(1, json));
    assertThat(read.collections().keySet()).isEqualTo(snapshot.collections().keySet());
    assertThat(read.collections().values())
        .isNotEmpty()
        .allSatisfy(collection -> assertThat(collection.schema().functions()).isEmpty())
        .allSatisfy(collection -> assertThat(collection.truncatedTimestamp()).isZero());
    read.collections()
        .forEach(
            (id, collection) ->
                assertThat(collection.schema().fields())
                    .isEqualTo(snapshot.collections().get(id).schema().fields()));
  }

  @Test
  void equalSnapshotsHaveEqualBytes() {
    CatalogSnapshot snapshot = new RandomCatalog(new Random(5)).grow(CatalogSnapshot.empty(), 200);
    byte[] bytes = CatalogCodec.encodeSnapshot(snapshot);
    assertThat(CatalogCodec.encodeSnapshot(CatalogCodec.decodeSnapshot("s", bytes)))
        .isEqualTo(bytes);
  }

  @Test
  void headerLineIsAsSpecified() {
    String text = new String(CatalogCodec.encodeSnapshot(CatalogSnapshot.empty()), UTF_8);
    assertThat(text.lines().findFirst().orElseThrow())
        .matches("sagitta-catalog-snapshot 3 [0-9a-f]{8}");
    assertThat(text).contains("\n{\"version\":0,\"epoch\":0,\"leaderNodeId\":null,");
  }

  @Test
  void everyFlippedBitAndEveryTruncationIsNoticed() {
    CatalogLogEntry entry =
        new CatalogLogEntry(1, 1, "c", List.of(new CatalogChange.EpochStarted(1, "node")));
    byte[] good = CatalogCodec.encodeEntry(entry);
    Random random = new Random(1);
    for (int i = 0; i < good.length; i++) {
      byte[] flipped = good.clone();
      flipped[i] ^= (byte) (1 << random.nextInt(8));
      assertThatThrownBy(() -> CatalogCodec.decodeEntry("catalog/log/1", flipped))
          .as("flipped byte " + i)
          .isInstanceOfAny(
              CorruptFileException.class, FileTooNewException.class, FileTooOldException.class)
          .hasMessageContaining("file=catalog/log/1");
      byte[] truncated = java.util.Arrays.copyOf(good, i);
      assertThatThrownBy(() -> CatalogCodec.decodeEntry("catalog/log/1", truncated))
          .as("truncated to " + i)
          .isInstanceOf(CorruptFileException.class);
    }
  }

  @Test
  void otherVersionsAndFormatsAreToldApart() {
    byte[] snapshot = CatalogCodec.encodeSnapshot(CatalogSnapshot.empty());
    assertThatThrownBy(() -> CatalogCodec.decodeEntry("e", snapshot))
        .isInstanceOf(CorruptFileException.class)
        .hasMessageContaining("expected=sagitta-catalog-change");
    String text = new String(snapshot, UTF_8);
    assertThatThrownBy(() -> CatalogCodec.decodeSnapshot("s", version(text, 4)))
        .isInstanceOf(FileTooNewException.class)
        .hasMessageContaining("expected=3 actual=4");
    assertThatThrownBy(() -> CatalogCodec.decodeSnapshot("s", version(text, 0)))
        .isInstanceOf(FileTooOldException.class);
  }

  private static byte[] version(String text, int version) {
    return text.replaceFirst("snapshot 3 ", "snapshot " + version + " ").getBytes(UTF_8);
  }
}
