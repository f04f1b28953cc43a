package dev.sagitta.connector.objectstore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every implementation must do, whatever it stores objects in. */
public abstract class ObjectStoreContract {
  private static final int WRITERS = 8;
  private static final int RACES = 120;
  private static final int LARGE_BYTES = 20 << 20;

  @TempDir protected Path files;

  /** The same empty store for all calls of one test; thread-safe. */
  protected abstract ObjectStore store();

  protected static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }

  protected static byte[] randomBytes(int length, long seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  @Test
  void testPutAndGet() {
    store().put("a/b/object", bytes("hello"));
    assertThat(store().get("a/b/object")).isEqualTo("hello".getBytes(UTF_8));
    store().put("a/b/object", bytes("replaced"));
    assertThat(store().get("a/b/object")).isEqualTo("replaced".getBytes(UTF_8));
  }

  @Test
  void testPutTakesTheRemainingBytesAndLeavesTheBuffer() {
    ByteBuffer direct = ByteBuffer.allocateDirect(16);
    direct.put(bytes("..hello.."));
    direct.position(2).limit(7);
    store().put("direct", direct);
    assertThat(store().putIfAbsent("direct-if-absent", direct)).isTrue();
    assertThat(store().get("direct")).isEqualTo("hello".getBytes(UTF_8));
    assertThat(store().get("direct-if-absent")).isEqualTo("hello".getBytes(UTF_8));
    assertThat(direct.position()).isEqualTo(2);
  }

  @Test
  void testEmptyObject() throws IOException {
    store().put("empty", ByteBuffer.allocate(0));
    assertThat(store().get("empty")).isEmpty();
    assertThat(store().getRange("empty", 0, 10)).isEmpty();
    assertThat(store().head("empty").orElseThrow().sizeInBytes()).isZero();
    Path copy = files.resolve("copy");
    store().getToFile("empty", copy);
    assertThat(copy).exists().isEmptyFile();
  }

  @Test
  void testAbsentObject() {
    String key = "nowhere/absent";
    ObjectStore store = store();
    Path copy = files.resolve("copy");
    assertThatThrownBy(() -> store.get(key)).isInstanceOf(ObjectNotFoundException.class);
    assertThatThrownBy(() -> store.getRange(key, 0, 1)).isInstanceOf(ObjectNotFoundException.class);
    assertThatThrownBy(() -> store.getRange(key, 0, 0)).isInstanceOf(ObjectNotFoundException.class);
    assertThatThrownBy(() -> store.open(key)).isInstanceOf(ObjectNotFoundException.class);
    assertThatThrownBy(() -> store.getToFile(key, copy))
        .isInstanceOf(ObjectNotFoundException.class);
    assertThat(store.head(key)).isEmpty();
    assertThat(store.localFile(key)).isEmpty();
    assertThat(files).isEmptyDirectory();
  }

  @Test
  void testKeyThatIsOnlyAPrefixIsAbsent() {
    store().put("a/b/c", bytes("x"));
    assertThat(store().head("a/b")).isEmpty();
    assertThatThrownBy(() -> store().get("a/b")).isInstanceOf(ObjectNotFoundException.class);
    assertThatThrownBy(() -> store().open("a")).isInstanceOf(ObjectNotFoundException.class);
    store().delete("a/b");
    assertThat(store().head("a/b/c")).isPresent();
    assertThat(store().head("a/b/c/d")).isEmpty();
    assertThatThrownBy(() -> store().get("a/b/c/d")).isInstanceOf(ObjectNotFoundException.class);
  }

  @Test
  void testPutIfAbsent() {
    assertThat(store().putIfAbsent("log/1", bytes("first"))).isTrue();
    assertThat(store().putIfAbsent("log/1", bytes("second"))).isFalse();
    assertThat(store().get("log/1")).isEqualTo("first".getBytes(UTF_8));
    store().delete("log/1");
    assertThat(store().putIfAbsent("log/1", bytes("third"))).isTrue();
  }

  @Test
  void testPutIfAbsentHasOneWinner() throws Exception {
    try (ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
      for (int race = 0; race < RACES; race++) {
        String key = "race/" + race;
        CyclicBarrier start = new CyclicBarrier(WRITERS);
        List<Future<Boolean>> results = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
          ByteBuffer content = bytes("writer " + writer);
          results.add(
              writers.submit(
                  () -> {
                    start.await(30, TimeUnit.SECONDS);
                    return store().putIfAbsent(key, content);
                  }));
        }
        List<Integer> winners = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
          if (results.get(writer).get(60, TimeUnit.SECONDS)) {
            winners.add(writer);
          }
        }
        assertThat(winners).as("winners of race %s", race).hasSize(1);
        assertThat(new String(store().get(key), UTF_8)).isEqualTo("writer " + winners.getFirst());
      }
    }
  }

  @Test
  void testRanges() {
    store().put("ranges", bytes("0123456789"));
    assertThat(range(0, 10)).isEqualTo("0123456789");
    assertThat(range(0, 1)).isEqualTo("0");
    assertThat(range(3, 4)).isEqualTo("3456");
    assertThat(range(9, 1)).isEqualTo("9");
    assertThat(range(8, 100)).isEqualTo("89");
    assertThat(range(0, Integer.MAX_VALUE)).isEqualTo("0123456789");
    assertThat(range(5, 0)).isEmpty();
    assertThat(range(10, 1)).isEmpty();
    assertThat(range(1_000, 5)).isEmpty();
    assertThatThrownBy(() -> range(-1, 5)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> range(0, -1)).isInstanceOf(IllegalArgumentException.class);
  }

  private String range(long offset, int length) {
    return new String(store().getRange("ranges", offset, length), UTF_8);
  }

  @Test
  void testHead() {
    Instant before = Instant.now().minus(Duration.ofSeconds(5));
    store().put("head/object", bytes("12345"));
    ObjectAttributes attributes = store().head("head/object").orElseThrow();
    assertThat(attributes.key()).isEqualTo("head/object");
    assertThat(attributes.sizeInBytes()).isEqualTo(5);
    assertThat(attributes.lastModified()).isBetween(before, Instant.now().plusSeconds(5));
  }

  @Test
  void testLargeFileBothWays() throws IOException {
    byte[] content = randomBytes(LARGE_BYTES + 17, 7);
    Path source = files.resolve("source");
    Files.write(source, content);
    store().putFile("large/file", source);
    assertThat(store().head("large/file").orElseThrow().sizeInBytes()).isEqualTo(content.length);
    Path copy = files.resolve("copy");
    store().getToFile("large/file", copy);
    assertThat(copy).hasSameBinaryContentAs(source);
    assertThat(store().getRange("large/file", LARGE_BYTES, 100))
        .isEqualTo(Arrays.copyOfRange(content, LARGE_BYTES, content.length));
    try (InputStream stream = store().open("large/file")) {
      assertThat(stream.readAllBytes()).isEqualTo(content);
    }
  }

  @Test
  void testSmallFile() throws IOException {
    Path source = files.resolve("source");
    Files.writeString(source, "small");
    store().putFile("small/file", source);
    assertThat(store().get("small/file")).isEqualTo("small".getBytes(UTF_8));
    assertThatThrownBy(() -> store().putFile("other", files.resolve("absent")))
        .isInstanceOf(ObjectStoreException.class);
    assertThat(store().head("other")).isEmpty();
  }

  @Test
  void testGetToFileRefusesAnExistingFile() throws IOException {
    store().put("object", bytes("new"));
    Path file = files.resolve("file");
    Files.writeString(file, "old");
    assertThatThrownBy(() -> store().getToFile("object", file))
        .isInstanceOf(ObjectStoreException.class)
        .hasCauseInstanceOf(FileAlreadyExistsException.class);
    assertThat(file).hasContent("old");
    assertThat(files).isDirectoryNotContaining(other -> !other.equals(file));
  }

  @Test
  void testListingIsInByteOrder() {
    List<String> keys =
        List.of("a-b", "a", "a.b/c", "a/b", "a/b-c", "a/b/c", "a0", "A", "a$", "b/a", "a_", "_a");
    List<String> unnested =
        keys.stream().filter(key -> !key.equals("a") && !key.equals("a/b")).toList();
    unnested.forEach(key -> store().put(key, bytes(key)));
    assertThat(keysOf(store().list("", Optional.empty(), 1000)))
        .containsExactlyElementsOf(unnested.stream().sorted().toList());
    assertThat(keysOf(store().list("a", Optional.empty(), 1000)))
        .containsExactlyElementsOf(
            unnested.stream().filter(key -> key.startsWith("a")).sorted().toList());
    assertThat(keysOf(store().list("a/", Optional.empty(), 1000)))
        .containsExactly("a/b-c", "a/b/c");
    assertThat(keysOf(store().list("a/b", Optional.of("a/b-c"), 1000))).containsExactly("a/b/c");
    assertThat(keysOf(store().list("nothing/", Optional.empty(), 1000))).isEmpty();
    assertThat(keysOf(store().list("a-b/", Optional.empty(), 1000))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 30, 1000})
  void testPagesCoverAllKeysOnce(int limit) {
    List<String> keys =
        IntStream.range(0, 30)
            .mapToObj(i -> "list/" + (i % 3) + (i % 2 == 0 ? "/" : "-") + String.format("%03d", i))
            .sorted()
            .toList();
    keys.forEach(key -> store().put(key, bytes(key)));
    store().put("lisu", bytes("behind"));
    store().put("lis", bytes("before"));
    List<String> seen = new ArrayList<>();
    Optional<String> last = Optional.empty();
    ObjectPage page;
    do {
      page = store().list("list/", last, limit);
      assertThat(page.objects()).hasSizeLessThanOrEqualTo(limit);
      seen.addAll(keysOf(page));
      last = Optional.of(seen.getLast());
    } while (page.more());
    assertThat(seen).containsExactlyElementsOf(keys);
    assertThat(page.objects().getLast().sizeInBytes()).isEqualTo(seen.getLast().length());
  }

  @Test
  void testListAfterAKeyThatIsNotThere() {
    List.of("k/1", "k/3/a", "k/3/b", "k/5").forEach(key -> store().put(key, bytes(key)));
    assertThat(keysOf(store().list("k/", Optional.of("k/2"), 10)))
        .containsExactly("k/3/a", "k/3/b", "k/5");
    assertThat(keysOf(store().list("k/", Optional.of("k/3/a"), 10)))
        .containsExactly("k/3/b", "k/5");
    assertThat(keysOf(store().list("k/", Optional.of("k/3"), 1))).containsExactly("k/3/a");
    assertThat(keysOf(store().list("k/", Optional.of("a"), 10))).hasSize(4);
    assertThat(keysOf(store().list("k/", Optional.of("z"), 10))).isEmpty();
  }

  protected static List<String> keysOf(ObjectPage page) {
    return page.objects().stream().map(ObjectAttributes::key).toList();
  }

  @Test
  void testDelete() {
    store().put("d/1", bytes("x"));
    store().delete("d/1");
    store().delete("d/1");
    store().delete("never/was");
    assertThat(store().head("d/1")).isEmpty();
    assertThat(store().list("", Optional.empty(), 10).objects()).isEmpty();
  }

  @Test
  void testDeleteAll() {
    List<String> keys = IntStream.range(0, 120).mapToObj(i -> "many/" + i).toList();
    keys.forEach(key -> store().put(key, bytes(key)));
    store().put("kept", bytes("x"));
    List<String> deleted = new ArrayList<>(keys);
    IntStream.range(0, 1000).forEach(i -> deleted.add("absent/" + i));
    store().deleteAll(deleted);
    store().deleteAll(List.of());
    assertThat(keysOf(store().list("", Optional.empty(), 1000))).containsExactly("kept");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/a",
        "a/",
        "a//b",
        ".",
        "..",
        "a/../b",
        "../a",
        "a/..",
        "a/./b",
        "a b",
        "a\\b",
        "~temporary/a",
        "ä",
        "a\0",
        "a%2e",
        "a:b",
        "a*"
      })
  void testBadKeysAreRefused(String key) {
    ObjectStore store = store();
    assertRefused(() -> store.put(key, bytes("x")));
    assertRefused(() -> store.putIfAbsent(key, bytes("x")));
    assertRefused(() -> store.putFile(key, files.resolve("file")));
    assertRefused(() -> store.get(key));
    assertRefused(() -> store.getRange(key, 0, 1));
    assertRefused(() -> store.open(key));
    assertRefused(() -> store.getToFile(key, files.resolve("file")));
    assertRefused(() -> store.head(key));
    assertRefused(() -> store.delete(key));
    assertRefused(() -> store.deleteAll(List.of("good", key)));
    assertRefused(() -> store.localFile(key));
  }

  @Test
  void testLongKeys() {
    String part = "p".repeat(255);
    String longest = String.join("/", part, part, part, "x".repeat(900 - 3 * 256));
    assertThat(longest).hasSize(ObjectStore.MAXIMUM_KEY_BYTES);
    store().put(longest, bytes("x"));
    assertThat(store().get(longest)).hasSize(1);
    assertThat(keysOf(store().list("", Optional.empty(), 10))).containsExactly(longest);
    assertRefused(() -> store().put(longest + "x", bytes("x")));
    assertRefused(() -> store().put(part + "p", bytes("x")));
  }

  @Test
  void testBadListingsAreRefused() {
    assertRefused(() -> store().list("../", Optional.empty(), 10));
    assertRefused(() -> store().list("/", Optional.empty(), 10));
    assertRefused(() -> store().list("a b", Optional.empty(), 10));
    assertRefused(() -> store().list("", Optional.of("../x"), 10));
    assertRefused(() -> store().list("", Optional.empty(), 0));
    assertRefused(() -> store().list("", Optional.empty(), 1001));
  }

  private static void assertRefused(ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class);
  }
}
