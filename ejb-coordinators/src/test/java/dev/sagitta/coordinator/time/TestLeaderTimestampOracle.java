package dev.sagitta.coordinator.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sagitta.coordinator.catalog.ManualClock;
import dev.sagitta.coordinator.catalog.MemoryObjectStore;
import dev.sagitta.coordinator.cluster.FakeNetwork;
import dev.sagitta.coordinator.leader.NodeFixture;
import dev.sagitta.engine.time.Deadline;
import dev.sagitta.engine.time.Timestamps;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Timestamps only grow, whatever clocks and leaders do, and cost few commits and calls. */
final class TestLeaderTimestampOracle {
  private final ManualClock clock = new ManualClock();
  private final FakeNetwork network = new FakeNetwork();
  private final MemoryObjectStore store = new MemoryObjectStore(clock);

  @Test
  void theyGrowOverStandingAndJumpingClocksAndFailovers() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    NodeFixture leader = node("0");
    leader.leadership.evaluate();
    long last = 0;
    for (int i = 0; i < 3000; i++) {
      int count = random.nextInt(10) == 0 ? (1 << 18) - 1 : random.nextInt(1, 100);
      long first = leader.timestamps.allocate(count, seconds(5));
      assertThat(first).as("seed=" + seed + " step=" + i).isGreaterThan(last);
      last = first + count - 1;
      assertThat(last)
          .as("seed=%s step=%s: below the saved bound", seed, i)
          .isLessThan(leader.catalog.replica().current().timestampBound());
      clock.advance(Duration.ofMillis(random.nextInt(3) == 0 ? random.nextInt(-5000, 5000) : 0));
      if (random.nextInt(100) == 0) {
        network.kill(leader.cluster.localNodeId());
        leader = node("after-" + i);
        leader.leadership.evaluate();
      }
    }
  }

  @Test
  void theyFollowTheClockAndIdleTimeCostsNothing() {
    NodeFixture leader = node("a");
    leader.leadership.evaluate();
    leader.timestamps.allocate(1, seconds(5));
    long version = leader.catalog.replica().current().version();
    for (int i = 0; i < 15; i++) {
      clock.advance(Duration.ofSeconds(1));
      long first = leader.timestamps.allocate(1, seconds(5));
      assertThat(Timestamps.epochMillis(first)).isEqualTo(clock.millis());
    }
    assertThat(leader.catalog.replica().current().version()).isEqualTo(version);
    clock.advance(Duration.ofHours(1));
    leader.leadership.evaluate();
    assertThat(leader.catalog.replica().current().version()).isEqualTo(version);
    assertThat(Timestamps.epochMillis(leader.timestamps.allocate(1, seconds(5))))
        .isEqualTo(clock.millis());
    assertThat(leader.catalog.replica().current().version()).isEqualTo(version + 1);
  }

  @Test
  void requestsOfOneNodeShareCallsToTheLeader() throws Exception {
    NodeFixture leader = node("a");
    NodeFixture other = node("b");
    leader.leadership.evaluate();
    other.catalog.poll();
    ConcurrentLinkedQueue<long[]> ranges = new ConcurrentLinkedQueue<>();
    CountDownLatch start = new CountDownLatch(1);
    List<Future<?>> done = new ArrayList<>();
    try (ExecutorService executor = Executors.newFixedThreadPool(16)) {
      for (int thread = 0; thread < 16; thread++) {
        done.add(
            executor.submit(
                () -> {
                  start.await();
                  for (int i = 0; i < 200; i++) {
                    ranges.add(new long[] {other.timestamps.allocate(3, seconds(20)), 3});
                  }
                  return null;
                }));
      }
      start.countDown();
      for (Future<?> future : done) {
        future.get();
      }
    }
    List<long[]> sorted =
        ranges.stream().sorted((left, right) -> Long.compare(left[0], right[0])).toList();
    assertThat(sorted).hasSize(3200);
    for (int i = 1; i < sorted.size(); i++) {
      assertThat(sorted.get(i)[0]).isGreaterThanOrEqualTo(sorted.get(i - 1)[0] + 3);
    }
    assertThat(network.calls()).isLessThan(3200);
  }

  @Test
  void countsOutsideTheRangeAreRefused() {
    NodeFixture node = node("a");
    for (int count : new int[] {-1, 0, 1 << 18}) {
      assertThatThrownBy(() -> node.timestamps.allocate(count, seconds(1)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("count=" + count);
    }
  }

  private NodeFixture node(String id) {
    return new NodeFixture(network, id, store, clock, duration -> {});
  }

  private static Deadline seconds(long seconds) {
    return Deadline.after(Duration.ofSeconds(seconds));
  }
}
