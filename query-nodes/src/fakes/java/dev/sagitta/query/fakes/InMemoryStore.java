package dev.sagitta.query.fakes;

import dev.sagitta.connector.objectstore.ObjectAttributes;
import dev.sagitta.connector.objectstore.ObjectNotFoundException;
import dev.sagitta.connector.objectstore.ObjectPage;
import dev.sagitta.connector.objectstore.ObjectStore;
import dev.sagitta.connector.objectstore.ObjectStoreConnectionFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Objects on the heap. Before each operation the fault hook is told "put key" and may throw. */
public final class InMemoryStore implements ObjectStoreConnectionFactory {
  private static final long serialVersionUID = 1L;

  private final transient NavigableMap<String, byte[]> objects = new ConcurrentSkipListMap<>();
  private final transient AtomicInteger downloads = new AtomicInteger();
  private transient volatile Consumer<String> faults = _ -> {};

  public void setFaults(Consumer<String> hook) {
    faults = hook;
  }

  public Collection<String> keys() {
    return objects.keySet();
  }

  public int downloads() {
    return downloads.get();
  }

  public void put(String key, byte[] content) {
    objects.put(key, content);
  }

  @Override
  public ObjectStore connect() {
    return new Connection();
  }

  private byte[] find(String operation, String key) {
    faults.accept(operation + " " + key);
    byte[] content = objects.get(key);
    if (content == null) {
      throw new ObjectNotFoundException(key);
    }
    return content;
  }

  private final class Connection implements ObjectStore {
    @Override
    public void put(String key, ByteBuffer content) {
      faults.accept("put " + key);
      byte[] bytes = new byte[content.remaining()];
      content.duplicate().get(bytes);
      byte[] before = objects.put(key, bytes);
      if (before != null && !Arrays.equals(before, bytes)) {
        throw new AssertionError("object was changed: key=" + key);
      }
    }

    @Override
    public void putFile(String key, Path file) {
      try {
        put(key, ByteBuffer.wrap(Files.readAllBytes(file)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public boolean putIfAbsent(String key, ByteBuffer content) {
      faults.accept("putIfAbsent " + key);
      byte[] bytes = new byte[content.remaining()];
      content.duplicate().get(bytes);
      return objects.putIfAbsent(key, bytes) == null;
    }

    @Override
    public byte[] get(String key) {
      return find("get", key).clone();
    }

    @Override
    public byte[] getRange(String key, long offset, int length) {
      byte[] content = find("get", key);
      int from = (int) Math.min(offset, content.length);
      return Arrays.copyOfRange(content, from, Math.min(content.length, from + length));
    }

    @Override
    public InputStream open(String key) {
      return new ByteArrayInputStream(find("get", key));
    }

    @Override
    public void getToFile(String key, Path file) {
      byte[] content = find("get", key);
      downloads.incrementAndGet();
      try {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.write(part, content);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public Optional<ObjectAttributes> head(String key) {
      faults.accept("head " + key);
      return Optional.ofNullable(objects.get(key))
          .map(content -> new ObjectAttributes(key, content.length, Instant.EPOCH));
    }

    @Override
    public ObjectPage list(String prefix, Optional<String> startAfter, int limit) {
      List<ObjectAttributes> found =
          objects.tailMap(startAfter.orElse(prefix), startAfter.isEmpty()).entrySet().stream()
              .filter(entry -> entry.getKey().startsWith(prefix))
              .limit(limit)
              .map(
                  entry ->
                      new ObjectAttributes(entry.getKey(), entry.getValue().length, Instant.EPOCH))
              .toList();
      return new ObjectPage(found, found.size() == limit);
    }

    @Override
    public void delete(String key) {
      objects.remove(key);
    }

    @Override
    public void deleteAll(Collection<String> keys) {
      keys.forEach(objects::remove);
    }

    @Override
    public Optional<Path> localFile(String key) {
      return Optional.empty();
    }

    @Override
    public void close() {}
  }
}
