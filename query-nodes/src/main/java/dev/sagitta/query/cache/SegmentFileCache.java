package dev.sagitta.query.cache;

import static java.util.Objects.requireNonNull;

import dev.sagitta.connector.objectstore.ObjectNotFoundException;
import dev.sagitta.connector.objectstore.ObjectStore;
import dev.sagitta.connector.objectstore.ObjectStoreConnectionFactory;
import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * Gives files of the store as local files. Of a local store they are used in place. Others are
 * downloaded into the cache directory, once for all who ask at the same time, checked, and kept up
 * to a budget: the least recently used goes first, never one in use; if all are in use, the next
 * download fails. The directory is this process's own and emptied at start.
 */
public final class SegmentFileCache {
  private static final Logger LOGGER = System.getLogger(SegmentFileCache.class.getName());

  private final ObjectStoreConnectionFactory store;
  private final Path directory;
  private final long budgetBytes;
  private final FileVerifier verifier;

  /** Downloaded files and running downloads, least recently used first; guarded by this. */
  private final Map<String, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

  private long usedBytes;
  private long nextFileNumber;

  /**
   * @param directory created when absent; everything in it is removed
   * @param budgetBytes most bytes of downloaded files
   */
  public SegmentFileCache(
      ObjectStoreConnectionFactory store, Path directory, long budgetBytes, FileVerifier verifier) {
    this.store = requireNonNull(store, "store is null");
    this.directory = requireNonNull(directory, "directory is null");
    this.budgetBytes = budgetBytes;
    this.verifier = requireNonNull(verifier, "verifier is null");
    emptyDirectory();
  }

  /**
   * The object as a file, downloaded first if need be.
   *
   * @throws dev.sagitta.connector.objectstore.ObjectStoreException if the store fails
   * @throws dev.sagitta.engine.storage.UnusableFileException if the download is damaged
   * @throws SagittaException code DISK_LIMIT_EXCEEDED if files in use fill the budget
   */
  public CachedFile acquire(String key) {
    try (ObjectStore connection = store.connect()) {
      Optional<Path> local = connection.localFile(key);
      return local.isPresent() ? new Handle(key, local.get(), null) : cached(key, connection);
    }
  }

  /** Bytes of downloaded files, running downloads included. */
  public synchronized long usedBytes() {
    return usedBytes;
  }

  private CachedFile cached(String key, ObjectStore connection) {
    Entry entry;
    boolean mine;
    synchronized (this) {
      entry = entries.get(key);
      mine = entry == null;
      if (mine) {
        entry = new Entry(directory.resolve(nextFileNumber++ + ".file"));
        entries.put(key, entry);
      }
      entry.uses++;
    }
    try {
      if (mine) {
        download(key, entry, connection);
      }
      entry.ready.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
    return new Handle(key, entry.path, entry);
  }

  private void download(String key, Entry entry, ObjectStore connection) {
    try {
      long size =
          connection.head(key).orElseThrow(() -> new ObjectNotFoundException(key)).sizeInBytes();
      reserve(key, entry, size);
      connection.getToFile(key, entry.path);
      verifier.verify(key, entry.path);
      entry.ready.complete(null);
    } catch (IOException | RuntimeException e) {
      synchronized (this) {
        entries.remove(key);
        usedBytes -= entry.sizeInBytes;
      }
      deleteQuietly(entry.path);
      entry.ready.completeExceptionally(
          e instanceof IOException io ? new UncheckedIOException(io) : e);
    }
  }

  private void reserve(String key, Entry entry, long size) {
    List<Path> evicted = new ArrayList<>();
    synchronized (this) {
      var candidates = entries.values().iterator();
      while (usedBytes + size > budgetBytes && candidates.hasNext()) {
        Entry candidate = candidates.next();
        if (candidate.uses == 0) {
          candidates.remove();
          usedBytes -= candidate.sizeInBytes;
          evicted.add(candidate.path);
        }
      }
      if (usedBytes + size <= budgetBytes) {
        usedBytes += size;
        entry.sizeInBytes = size;
      }
    }
    evicted.forEach(SegmentFileCache::deleteQuietly);
    if (entry.sizeInBytes != size) {
      throw new SagittaException(
          ErrorCode.DISK_LIMIT_EXCEEDED,
          "segment cache is full of files in use: key="
              + key
              + " sizeInBytes="
              + size
              + " usedBytes="
              + usedBytes()
              + " budgetBytes="
              + budgetBytes);
    }
  }

  private synchronized void release(Entry entry) {
    entry.uses--;
  }

  private void emptyDirectory() {
    try {
      Files.createDirectories(directory);
      try (Stream<Path> files = Files.list(directory)) {
        files.filter(Files::isRegularFile).forEach(SegmentFileCache::deleteQuietly);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot prepare cache directory: " + directory, e);
    }
  }

  private static void deleteQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOGGER.log(Level.WARNING, "cached file not removed: file=" + file, e);
    }
  }

  private static final class Entry {
    private final Path path;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private long sizeInBytes;
    private int uses;

    Entry(Path path) {
      this.path = path;
    }
  }

  private final class Handle implements CachedFile {
    private final String key;
    private final Path path;
    private final Entry entry;
    private final AtomicBoolean closed = new AtomicBoolean();

    Handle(String key, Path path, Entry entry) {
      this.key = key;
      this.path = path;
      this.entry = entry;
    }

    @Override
    public String key() {
      return key;
    }

    @Override
    public Path path() {
      return path;
    }

    @Override
    public void close() {
      if (closed.compareAndSet(false, true) && entry != null) {
        release(entry);
      }
    }
  }
}
