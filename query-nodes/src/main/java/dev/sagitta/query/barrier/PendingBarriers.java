package dev.sagitta.query.barrier;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/** Barriers of this node that wait for their answer, by id. */
final class PendingBarriers {
  private final ConcurrentHashMap<Long, Consumer<BarrierReply>> receivers =
      new ConcurrentHashMap<>();

  /** Registers who takes the answer; returns the id to send. */
  long register(Consumer<BarrierReply> receiver) {
    while (true) {
      long id = ThreadLocalRandom.current().nextLong();
      if (receivers.putIfAbsent(id, receiver) == null) {
        return id;
      }
    }
  }

  void forget(long id) {
    receivers.remove(id);
  }

  /** Hands an answer to its receiver; answers to forgotten barriers are dropped. */
  void complete(BarrierReply reply) {
    Consumer<BarrierReply> receiver = receivers.remove(reply.id());
    if (receiver != null) {
      receiver.accept(reply);
    }
  }

  int size() {
    return receivers.size();
  }
}
