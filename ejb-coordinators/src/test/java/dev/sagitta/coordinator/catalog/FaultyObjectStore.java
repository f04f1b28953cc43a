package dev.sagitta.coordinator.catalog;

import dev.sagitta.connector.objectstore.ObjectAttributes;
import dev.sagitta.connector.objectstore.ObjectPage;
import dev.sagitta.connector.objectstore.ObjectStoreException;
import dev.sagitta.connector.objectstore.OutcomeUnknownException;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * A store that fails as networks do, decided by a seed: refused calls, lost answers, writes that
 * happen after the caller was told nothing (in any order), and writes that are sent twice so that
 * the caller's own success looks like someone else's. Between calls the other actors of the
 * simulation run. Not safe for concurrent use: a simulation has one thread.
 */
class FaultyObjectStore extends MemoryObjectStore {
  private final Random random;
  private final List<Runnable> delayedWrites = new ArrayList<>();
  private Runnable betweenCalls = () -> {};
  private double faultRate;

  FaultyObjectStore(Random random, InstantSource clock) {
    super(clock);
    this.random = random;
  }

  /** Runs before each call, so that others act between any two calls of an actor. */
  void betweenCalls(Runnable action) {
    betweenCalls = action;
  }

  void faultRate(double rate) {
    faultRate = rate;
  }

  /** Writes still under way arrive now. */
  void settle() {
    while (!delayedWrites.isEmpty()) {
      arrive();
    }
  }

  @Override
  public boolean putIfAbsent(String key, ByteBuffer content) {
    step("put");
    if (random.nextDouble() >= faultRate) {
      return store(key, content);
    }
    return switch (random.nextInt(4)) {
      case 0 -> throw new OutcomeUnknownException("request lost: key=" + key, null);
      case 1 -> {
        ByteBuffer copy = ByteBuffer.wrap(bytes(content));
        delayedWrites.add(() -> store(key, copy));
        throw new OutcomeUnknownException("request late: key=" + key, null);
      }
      case 2 -> {
        var _ = store(key, content);
        throw new OutcomeUnknownException("answer lost: key=" + key, null);
      }
      default -> {
        var _ = store(key, content);
        yield store(key, content);
      }
    };
  }

  @Override
  public byte[] get(String key) {
    step("get");
    return super.get(key);
  }

  @Override
  public ObjectPage list(String prefix, Optional<String> startAfter, int limit) {
    step("list");
    return super.list(prefix, startAfter, limit);
  }

  @Override
  public Optional<ObjectAttributes> head(String key) {
    step("head");
    return super.head(key);
  }

  @Override
  public void deleteAll(Collection<String> keys) {
    step("delete");
    super.deleteAll(keys);
  }

  /** Carries out a write that has arrived at the store. */
  protected boolean store(String key, ByteBuffer content) {
    return super.putIfAbsent(key, content);
  }

  private void step(String operation) {
    betweenCalls.run();
    if (!delayedWrites.isEmpty() && random.nextInt(4) == 0) {
      arrive();
    }
    if (random.nextDouble() < faultRate) {
      throw new ObjectStoreException("refused: operation=" + operation);
    }
  }

  private void arrive() {
    delayedWrites.remove(random.nextInt(delayedWrites.size())).run();
  }

  private static byte[] bytes(ByteBuffer content) {
    byte[] bytes = new byte[content.remaining()];
    content.duplicate().get(bytes);
    return bytes;
  }
}
