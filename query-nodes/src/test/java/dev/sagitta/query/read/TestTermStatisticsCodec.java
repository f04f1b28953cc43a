package dev.sagitta.query.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sagitta.engine.index.Bm25Statistics;
import dev.sagitta.query.request.TermStatisticsRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What one node asks and another answers about terms arrives as it was sent. */
final class TestTermStatisticsCodec {
  /** The last one is the largest, since terms are unsigned. */
  private static final int[] TERMS = {0, 7, Integer.MAX_VALUE, -2};

  @Test
  void requestsArriveAsTheyWereSent() {
    TermStatisticsRequest sent =
        new TermStatisticsRequest(1L << 40, 17, List.of("a", "b"), 102, TERMS);
    WireWriter writer = new WireWriter();
    TermStatisticsCodec.write(sent, writer);
    TermStatisticsRequest received =
        TermStatisticsCodec.readRequest(new WireReader(writer.toByteArray()));
    assertThat(received).usingRecursiveComparison().isEqualTo(sent);
  }

  @Test
  void statisticsArriveAsTheyWereSent() {
    Bm25Statistics sent =
        new Bm25Statistics(3_000_000_000L, 1e11 + 0.5, TERMS, new long[] {0, 1, 1L << 33, 5});
    WireWriter writer = new WireWriter();
    TermStatisticsCodec.write(sent, writer);
    Bm25Statistics received = TermStatisticsCodec.read(new WireReader(writer.toByteArray()));
    assertThat(received).usingRecursiveComparison().isEqualTo(sent);
  }
}
