package dev.sagitta.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Bodies of known and unknown length, at and around the bounds. */
final class TestBodyReader {
  private static final int LIMIT = 20_000;

  private final InflightBytes inflight = new InflightBytes(50_000);
  private final BodyReader reader = new BodyReader(LIMIT, inflight);

  /** Gives at most a few bytes at a time, as a network does. */
  private static InputStream dripping(byte[] bytes, long seed) {
    Random random = new Random(seed);
    return new ByteArrayInputStream(bytes) {
      @Override
      public synchronized int read(byte[] target, int offset, int length) {
        return super.read(target, offset, Math.min(length, 1 + random.nextInt(700)));
      }
    };
  }

  @Test
  void readsWholeBodiesOfAnyLength() {
    long seed = System.nanoTime();
    for (int length : new int[] {0, 1, 8191, 8192, 8193, 16_384, LIMIT - 1, LIMIT}) {
      byte[] bytes = new byte[length];
      new Random(seed).nextBytes(bytes);
      for (long announced : new long[] {-1, length}) {
        try (BodyReader.Body body = reader.read(dripping(bytes, seed), announced)) {
          assertThat(body.isRefused()).as("seed %d length %d", seed, length).isFalse();
          assertThat(Arrays.copyOf(body.bytes(), body.length())).isEqualTo(bytes);
        }
      }
    }
    assertThat(inflight.reserved()).isZero();
  }

  @Test
  void refusesLargeBodiesAndReadsThemToTheEnd() throws IOException {
    for (long announced : new long[] {-1, LIMIT + 1}) {
      InputStream in = dripping(new byte[LIMIT + 1], 1);
      try (BodyReader.Body body = reader.read(in, announced)) {
        assertThat(body.isRefused()).isTrue();
        assertThat(RestHarness.parse(body.refusal()).get("code").intValue()).isEqualTo(1102);
        assertThat(RestHarness.parse(body.refusal()).get("message").textValue())
            .contains("limit=" + LIMIT);
      }
      assertThat(in.read()).isEqualTo(-1);
    }
    assertThat(inflight.reserved()).isZero();
  }

  @Test
  void endlessBodiesAreGivenUp() {
    long[] delivered = {0};
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            delivered[0]++;
            return ' ';
          }

          @Override
          public int read(byte[] target, int offset, int length) {
            delivered[0] += length;
            Arrays.fill(target, offset, offset + length, (byte) ' ');
            return length;
          }
        };

    try (BodyReader.Body body = reader.read(endless, -1)) {
      assertThat(body.isRefused()).isTrue();
    }
    assertThat(delivered[0]).isLessThan(LIMIT * 6L);
  }

  @Test
  void refusesWhenTooMuchIsInProgress() {
    byte[] bytes = new byte[LIMIT];
    try (BodyReader.Body first = reader.read(new ByteArrayInputStream(bytes), LIMIT);
        BodyReader.Body second = reader.read(new ByteArrayInputStream(bytes), LIMIT);
        BodyReader.Body third = reader.read(new ByteArrayInputStream(bytes), LIMIT)) {
      assertThat(first.isRefused()).isFalse();
      assertThat(second.isRefused()).isFalse();
      assertThat(RestHarness.parse(third.refusal()).get("code").intValue()).isEqualTo(4);
    }
    try (BodyReader.Body later = reader.read(new ByteArrayInputStream(bytes), LIMIT)) {
      assertThat(later.isRefused()).isFalse();
    }
  }

  @Test
  void brokenConnectionsAreRefusals() {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("connection reset");
          }

          @Override
          public int read(byte[] target, int offset, int length) throws IOException {
            throw new IOException("connection reset");
          }
        };

    try (BodyReader.Body body = reader.read(broken, 100)) {
      assertThat(RestHarness.parse(body.refusal()).get("code").intValue()).isEqualTo(1801);
      assertThat(RestHarness.parse(body.refusal()).get("message").textValue())
          .contains("connection reset");
    }
    assertThat(inflight.reserved()).isZero();
  }
}
