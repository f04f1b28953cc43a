package dev.sagitta.rest;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Reads request bodies into memory within two bounds: bytes of one body, bytes of all. Bodies that
 * are refused are read to their end all the same (up to a bound), because many clients look for an
 * answer only after they have sent everything.
 */
public final class BodyReader {
  private static final int FIRST_CAPACITY = 8192;
  private static final long DRAIN_FACTOR = 4;

  private final long maximumBytes;
  private final InflightBytes inflight;

  public BodyReader(long maximumBytes, InflightBytes inflight) {
    this.maximumBytes = maximumBytes;
    this.inflight = requireNonNull(inflight, "inflight is null");
  }

  /** A body, or the answer that refuses it. To be closed when the request is answered. */
  public static final class Body implements AutoCloseable {
    private final InflightBytes inflight;
    private byte[] bytes = new byte[0];
    private int length;
    private long reserved;
    private RestAnswer refusal;

    private Body(InflightBytes inflight) {
      this.inflight = inflight;
    }

    public byte[] bytes() {
      return bytes;
    }

    public int length() {
      return length;
    }

    public boolean isRefused() {
      return refusal != null;
    }

    /** Why the body was refused; only when it was. */
    public RestAnswer refusal() {
      return requireNonNull(refusal, "refusal is null");
    }

    @Override
    public void close() {
      inflight.release(reserved);
      reserved = 0;
    }

    private boolean grow(int capacity) {
      int more = capacity - bytes.length;
      if (!inflight.tryReserve(more)) {
        return false;
      }
      reserved += more;
      bytes = Arrays.copyOf(bytes, capacity);
      return true;
    }
  }

  /**
   * Reads a body.
   *
   * @param contentLength its announced length, or -1 if unknown
   */
  public Body read(InputStream in, long contentLength) {
    Body body = new Body(inflight);
    try {
      body.refusal = fill(body, in, contentLength);
      if (body.refusal != null) {
        body.close();
        body.bytes = new byte[0];
        drain(in);
      }
    } catch (IOException e) {
      body.close();
      body.refusal = RestErrors.bodyCutOff(String.valueOf(e.getMessage()));
    }
    return body;
  }

  /** Reads to the end; answers the refusal, or null when all is read. */
  private RestAnswer fill(Body body, InputStream in, long contentLength) throws IOException {
    if (contentLength > maximumBytes) {
      return RestErrors.bodyTooLarge(maximumBytes);
    }
    // One byte more than announced: the read that finds the end needs room to ask for.
    int capacity = contentLength < 0 ? FIRST_CAPACITY : (int) contentLength + 1;
    while (true) {
      if (body.length == body.bytes.length) {
        if (body.length > maximumBytes) {
          return RestErrors.bodyTooLarge(maximumBytes);
        }
        int wanted = Math.max(capacity, (int) Math.min(maximumBytes + 1, body.length * 2L));
        if (!body.grow(wanted)) {
          return RestErrors.tooManyBodies(inflight.limit());
        }
      }
      int count = in.read(body.bytes, body.length, body.bytes.length - body.length);
      if (count < 0) {
        return null;
      }
      body.length += count;
    }
  }

  private void drain(InputStream in) throws IOException {
    byte[] buffer = new byte[FIRST_CAPACITY];
    long left = maximumBytes * DRAIN_FACTOR;
    while (left > 0) {
      int count = in.read(buffer);
      if (count < 0) {
        return;
      }
      left -= count;
    }
  }
}
