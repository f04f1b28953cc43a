package dev.sagitta.coordinator.leader;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sagitta.coordinator.catalog.ManualClock;
import dev.sagitta.coordinator.catalog.MemoryObjectStore;
import dev.sagitta.coordinator.cluster.FakeNetwork;
import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.time.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Requests find the leader wherever it is, also while it changes. */
final class TestLeaderCalls {
  private static final byte[] NOTHING = new byte[0];

  private final ManualClock clock = new ManualClock();
  private final FakeNetwork network = new FakeNetwork();
  private final MemoryObjectStore store = new MemoryObjectStore(clock);
  private final List<Runnable> whilePaused = new ArrayList<>();

  @Test
  void theCallerSeesTheEffectInItsOwnCatalog() {
    NodeFixture leader = node("a");
    NodeFixture other = node("b");
    for (NodeFixture node : List.of(leader, other)) {
      node.calls.register(
          "create",
          (request, deadline) -> {
            node.commit(NodeFixture.collection(10, new String(request, UTF_8)));
            return node.cluster.localNodeId().getBytes(UTF_8);
          });
    }
    leader.leadership.evaluate();
    other.catalog.poll();
    byte[] answer = other.calls.call("create", "books".getBytes(UTF_8), seconds(5));
    assertThat(new String(answer, UTF_8)).isEqualTo("a");
    assertThat(other.catalog.replica().current().collection(1, "books")).isPresent();
  }

  @Test
  void aCallWaitsForALeaderAndFollowsItWhenItChanges() {
    NodeFixture first = node("a");
    NodeFixture second = node("b");
    first.calls.register(
        "who",
        (request, deadline) -> {
          network.kill("a");
          return NOTHING;
        });
    second.calls.register("who", (request, deadline) -> "b".getBytes(UTF_8));
    whilePaused.add(first.leadership::evaluate);
    whilePaused.add(second.catalog::poll);
    whilePaused.add(second.leadership::evaluate);
    assertThat(new String(second.calls.call("who", NOTHING, seconds(5)), UTF_8)).isEqualTo("b");
    assertThat(second.leadership.leading()).isTrue();
  }

  @Test
  void withoutALeaderTheDeadlineEndsTheSearch() {
    NodeFixture node = node("a");
    node.calls.register("x", (request, deadline) -> NOTHING);
    assertThatThrownBy(() -> node.calls.call("x", NOTHING, Deadline.after(Duration.ofMillis(300))))
        .isInstanceOfSatisfying(
            SagittaException.class,
            e -> assertThat(e.errorCode()).isEqualTo(ErrorCode.SERVICE_NOT_READY))
        .hasMessageContaining("no leader is known");
  }

  @Test
  void theHandlersErrorsAndTheDeadlineReachTheOtherSide() {
    NodeFixture leader = node("a");
    NodeFixture other = node("b");
    List<Duration> remaining = new ArrayList<>();
    leader.calls.register(
        "fail",
        (request, deadline) -> {
          remaining.add(deadline.remaining());
          throw new SagittaException(ErrorCode.ALIAS_NOT_FOUND, "alias not found[alias=x]");
        });
    leader.leadership.evaluate();
    other.catalog.poll();
    assertThatThrownBy(() -> other.calls.call("fail", NOTHING, seconds(7)))
        .isInstanceOfSatisfying(
            SagittaException.class,
            e -> assertThat(e.errorCode()).isEqualTo(ErrorCode.ALIAS_NOT_FOUND))
        .hasMessage("alias not found[alias=x]");
    assertThat(remaining.getFirst()).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(7));
  }

  private NodeFixture node(String id) {
    return new NodeFixture(
        network,
        id,
        store,
        clock,
        duration -> {
          if (!whilePaused.isEmpty()) {
            clock.advance(Duration.ofSeconds(1));
            List.copyOf(whilePaused).forEach(Runnable::run);
          }
        });
  }

  private static Deadline seconds(long seconds) {
    return Deadline.after(Duration.ofSeconds(seconds));
  }
}
