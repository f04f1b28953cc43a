package dev.sagitta.query.barrier;

import java.util.concurrent.CompletableFuture;

/** Sends a barrier into a vchannel. */
@FunctionalInterface
interface BarrierSender {
  /** The future completes when the broker has it, or fails. */
  CompletableFuture<Void> send(String vchannel, BarrierKind kind, long id);
}
