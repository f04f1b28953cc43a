package dev.sagitta.coordinator.leader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sagitta.coordinator.catalog.ManualClock;
import dev.sagitta.coordinator.catalog.MemoryObjectStore;
import dev.sagitta.coordinator.catalog.NotLeaderException;
import dev.sagitta.coordinator.cluster.FakeNetwork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** Who leads, when nodes come, die and lose sight of each other. */
final class TestLeadership {
  private final ManualClock clock = new ManualClock();
  private final FakeNetwork network = new FakeNetwork();
  private final MemoryObjectStore store = new MemoryObjectStore(clock);

  @Test
  void theOldestLeadsAndItsHeirTakesOver() {
    NodeFixture first = node("a");
    NodeFixture second = node("b");
    List<Boolean> told = new ArrayList<>();
    second.leadership.addListener(told::add);
    second.leadership.evaluate();
    assertThat(second.leadership.leading()).isFalse();
    first.leadership.evaluate();
    assertThat(first.leadership.leading()).isTrue();
    second.catalog.poll();
    assertThat(second.leadership.leader()).contains("a");

    network.kill("a");
    assertThat(second.leadership.leader()).isEmpty();
    second.leadership.evaluate();
    assertThat(second.leadership.leader()).contains("b");
    assertThat(told).containsExactly(true);
    assertThatThrownBy(() -> first.commit(NodeFixture.collection(10, "late")))
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(NotLeaderException.class);
    first.leadership.evaluate();
    assertThat(first.leadership.leading()).isFalse();
  }

  @Test
  void aLeadingNodeStartsNoFurtherEpochs() {
    NodeFixture node = node("a");
    for (int i = 0; i < 20; i++) {
      node.leadership.evaluate();
      clock.advance(Duration.ofSeconds(1));
    }
    assertThat(node.catalog.replica().current().epoch()).isEqualTo(1);
  }

  @Test
  void nodesThatLoseSightOfEachOtherTakeTurnsMoreAndMoreSlowly() {
    NodeFixture left = node("a");
    NodeFixture right = node("b");
    right.cluster.loseSightOf("a");
    left.cluster.loseSightOf("b");
    List<Long> epochs = new ArrayList<>();
    for (int second = 0; second < 120; second++) {
      left.catalog.poll();
      left.leadership.evaluate();
      right.catalog.poll();
      right.leadership.evaluate();
      assertThat(left.catalog.journal().leadingEpoch())
          .as("both lead at second " + second)
          .satisfiesAnyOf(
              epoch -> assertThat(epoch).isEmpty(),
              epoch ->
                  assertThat(right.catalog.replica().current().epoch())
                      .isGreaterThanOrEqualTo(epoch.getAsLong()));
      epochs.add(right.catalog.replica().current().epoch());
      clock.advance(Duration.ofSeconds(1));
    }
    assertThat(epochs.get(119) - epochs.get(60)).isLessThanOrEqualTo(12);
  }

  @Test
  void aStoppedNodeLeadsNoMore() {
    NodeFixture node = node("a");
    node.leadership.evaluate();
    List<Boolean> told = new ArrayList<>();
    node.leadership.addListener(told::add);
    node.leadership.stop();
    node.leadership.evaluate();
    assertThat(node.leadership.leading()).isFalse();
    assertThat(told).containsExactly(false);
  }

  private NodeFixture node(String id) {
    return new NodeFixture(network, id, store, clock, duration -> {});
  }
}
