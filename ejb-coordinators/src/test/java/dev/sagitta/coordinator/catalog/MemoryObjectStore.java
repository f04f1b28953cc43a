package dev.sagitta.coordinator.catalog;

import dev.sagitta.connector.objectstore.ObjectAttributes;
import dev.sagitta.connector.objectstore.ObjectNotFoundException;
import dev.sagitta.connector.objectstore.ObjectPage;
import dev.sagitta.connector.objectstore.ObjectStore;
import dev.sagitta.connector.objectstore.ObjectStoreConnectionFactory;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** An object store in memory that never fails; safe for concurrent use. */
public class MemoryObjectStore implements ObjectStore {
  private final ConcurrentSkipListMap<String, Stored> objects = new ConcurrentSkipListMap<>();
  private final InstantSource clock;

  public MemoryObjectStore(InstantSource clock) {
    this.clock = clock;
  }

  public static ObjectStoreConnectionFactory connections(ObjectStore store) {
    return () -> store;
  }

  @Override
  public void put(String key, ByteBuffer content) {
    objects.put(key, stored(content));
  }

  @Override
  public void putFile(String key, Path file) {
    throw new UnsupportedOperationException("not used by the coordinators");
  }

  @Override
  public boolean putIfAbsent(String key, ByteBuffer content) {
    return objects.putIfAbsent(key, stored(content)) == null;
  }

  @Override
  public byte[] get(String key) {
    Stored stored = objects.get(key);
    if (stored == null) {
      throw new ObjectNotFoundException(key);
    }
    return stored.content.clone();
  }

  @Override
  public byte[] getRange(String key, long offset, int length) {
    byte[] all = get(key);
    return Arrays.copyOfRange(all, (int) offset, Math.min(all.length, (int) offset + length));
  }

  @Override
  public InputStream open(String key) {
    return new ByteArrayInputStream(get(key));
  }

  @Override
  public void getToFile(String key, Path file) {
    throw new UnsupportedOperationException("not used by the coordinators");
  }

  @Override
  public Optional<ObjectAttributes> head(String key) {
    return Optional.ofNullable(objects.get(key)).map(stored -> stored.attributes(key));
  }

  @Override
  public ObjectPage list(String prefix, Optional<String> startAfter, int limit) {
    String from = startAfter.filter(after -> after.compareTo(prefix) > 0).orElse(prefix);
    boolean inclusive = from.equals(prefix) && startAfter.filter(from::equals).isEmpty();
    List<ObjectAttributes> found =
        objects.tailMap(from, inclusive).entrySet().stream()
            .takeWhile(entry -> entry.getKey().startsWith(prefix))
            .limit(limit + 1L)
            .map(entry -> entry.getValue().attributes(entry.getKey()))
            .toList();
    return new ObjectPage(found.subList(0, Math.min(limit, found.size())), found.size() > limit);
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

  private Stored stored(ByteBuffer content) {
    byte[] bytes = new byte[content.remaining()];
    content.duplicate().get(bytes);
    return new Stored(bytes, clock.instant());
  }

  private record Stored(byte[] content, Instant lastModified) {
    ObjectAttributes attributes(String key) {
      return new ObjectAttributes(key, content.length, lastModified);
    }
  }
}
