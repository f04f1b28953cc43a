package dev.sagitta.connector.objectstore.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sagitta.connector.objectstore.ObjectStore;
import dev.sagitta.connector.objectstore.ObjectStoreContract;
import dev.sagitta.connector.objectstore.ObjectStoreException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TestLocalObjectStore extends ObjectStoreContract {
  @TempDir Path directory;
  private LocalObjectStore store;

  @BeforeEach
  void open() {
    store = new LocalObjectStore(directory.resolve("objects"));
  }

  @Override
  protected ObjectStore store() {
    return store;
  }

  @Test
  void testLocalFileHoldsTheObject() {
    store.put("segments/1/data", bytes("mapped"));
    Path file = store.localFile("segments/1/data").orElseThrow();
    assertThat(file).hasContent("mapped");
  }

  @Test
  void testNoTemporaryFileStays() throws IOException {
    store.put("a", bytes("1"));
    store.putIfAbsent("b", bytes("2"));
    store.putIfAbsent("b", bytes("3"));
    assertThatThrownBy(() -> store.put("a/below", bytes("4")))
        .isInstanceOf(ObjectStoreException.class);
    assertThatThrownBy(() -> store.putIfAbsent("b/below", bytes("4")))
        .isInstanceOf(ObjectStoreException.class);
    store.put("c/d", bytes("5"));
    assertThatThrownBy(() -> store.put("c", bytes("6"))).isInstanceOf(ObjectStoreException.class);
    assertThatThrownBy(() -> store.putIfAbsent("c", bytes("6")))
        .isInstanceOf(ObjectStoreException.class);
    assertThat(temporaryDirectory()).isEmptyDirectory();
  }

  @Test
  void testStaleTemporaryFilesAreDeletedAtStart() throws IOException {
    Path stale = Files.writeString(temporaryDirectory().resolve("stale"), "x");
    Path young = Files.writeString(temporaryDirectory().resolve("young"), "x");
    Instant old = Instant.now().minus(TemporaryFiles.STALE_AGE).minus(Duration.ofMinutes(1));
    Files.setLastModifiedTime(stale, FileTime.from(old));
    open();
    assertThat(stale).doesNotExist();
    assertThat(young).exists();
    assertThat(store.list("", Optional.empty(), 10).objects()).isEmpty();
  }

  @Test
  void testEmptiedDirectoriesDisappear() {
    store.put("collections/1/a", bytes("x"));
    store.put("collections/2/a/b", bytes("x"));
    store.deleteAll(List.of("collections/2/a/b"));
    assertThat(directory.resolve("objects/collections/2")).doesNotExist();
    assertThat(directory.resolve("objects/collections/1")).exists();
  }

  /** Directories vanish below the writers all the time: no write may fail or get lost. */
  @Test
  void testWritesBesideDeletions() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<?>> running = new ArrayList<>();
      for (int thread = 0; thread < 4; thread++) {
        String key = "shared/directory/" + thread;
        running.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < 200; i++) {
                    assertThat(store.putIfAbsent(key, bytes(key))).isTrue();
                    assertThat(new String(store.get(key), UTF_8)).isEqualTo(key);
                    store.delete(key);
                  }
                }));
      }
      for (Future<?> thread : running) {
        thread.get(60, TimeUnit.SECONDS);
      }
    }
    assertThat(directory.resolve("objects/shared")).doesNotExist();
  }

  @Test
  void testUnusableDirectoryIsReported() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "x");
    assertThatThrownBy(() -> new LocalObjectStore(file.resolve("objects")))
        .isInstanceOf(ObjectStoreException.class)
        .hasMessageContaining(file.toString());
  }

  /** Kills a writing process: what it acknowledged is there, and nothing is there in part. */
  @Test
  void testKilledWriter() throws Exception {
    Path objects = directory.resolve("objects");
    Process writer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                WriterProcess.class.getName(),
                objects.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    List<String> acknowledged = new ArrayList<>();
    try (BufferedReader output = writer.inputReader(UTF_8)) {
      while (acknowledged.size() < 50) {
        acknowledged.add(output.readLine());
      }
      assertThat(writer.toHandle().destroyForcibly()).isTrue();
      output.lines().filter(key -> key.startsWith("killed/")).forEach(acknowledged::add);
    }
    assertThat(writer.waitFor(30, TimeUnit.SECONDS)).isTrue();

    open();
    List<String> present = keysOf(store.list("killed/", Optional.empty(), 1000));
    // The last line may have been cut by the kill.
    assertThat(present).containsAll(acknowledged.subList(0, acknowledged.size() - 1));
    for (String key : present) {
      assertThat(store.get(key)).isEqualTo(WriterProcess.contentOf(key));
    }
  }

  private Path temporaryDirectory() {
    return directory.resolve("objects").resolve(TemporaryFiles.DIRECTORY_NAME);
  }
}
