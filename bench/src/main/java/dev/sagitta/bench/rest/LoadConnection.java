package dev.sagitta.bench.rest;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One kept-alive HTTP/1.1 connection that never blocks, as light as can be, because the load
 * generator shares the processors with the server that it measures. Only what our server answers is
 * understood: a status line, headers, a body of {@code Content-Length} bytes.
 */
final class LoadConnection implements AutoCloseable {
  private static final int FIRST_CAPACITY = 1 << 16;
  private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] SUCCESS = "{\"code\":0".getBytes(StandardCharsets.US_ASCII);

  private final SocketChannel channel;
  private ByteBuffer request = ByteBuffer.allocate(0);
  private ByteBuffer answer = ByteBuffer.allocateDirect(FIRST_CAPACITY);
  private int bodyStart;
  private int end;
  private long begunNanos;

  LoadConnection(InetSocketAddress address) throws IOException {
    channel = SocketChannel.open(address);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
  }

  SocketChannel channel() {
    return channel;
  }

  /** When the current request was begun. */
  long begunNanos() {
    return begunNanos;
  }

  /** Begins to send an encoded request; true when all of it is under way. */
  boolean begin(ByteBuffer encoded) throws IOException {
    request = encoded.duplicate();
    answer.clear();
    bodyStart = 0;
    end = Integer.MAX_VALUE;
    begunNanos = System.nanoTime();
    return send();
  }

  /** Sends more of the request; true when all of it is under way. */
  boolean send() throws IOException {
    channel.write(request);
    return !request.hasRemaining();
  }

  /** Reads what has come; true when the answer is complete. */
  boolean receive() throws IOException {
    if (channel.read(answer) < 0) {
      throw new EOFException("connection closed by the server");
    }
    if (bodyStart == 0) {
      readHead();
    }
    if (answer.position() < end) {
      grow();
      return false;
    }
    return true;
  }

  /** Refuses answers that report an error. */
  void requireSuccess() {
    for (int i = 0; i < SUCCESS.length; i++) {
      if (bodyStart + i >= end || answer.get(bodyStart + i) != SUCCESS[i]) {
        byte[] head = Arrays.copyOf(body(), Math.min(300, end - bodyStart));
        throw new RefusedRequestException(new String(head, StandardCharsets.UTF_8));
      }
    }
  }

  byte[] body() {
    byte[] body = new byte[end - bodyStart];
    answer.get(bodyStart, body);
    return body;
  }

  private void readHead() throws IOException {
    int length = -1;
    int lineStart = 0;
    for (int i = 0; i < answer.position(); i++) {
      if (answer.get(i) != '\n') {
        continue;
      }
      int lineLength = i - lineStart - 1;
      if (lineLength == 0) {
        if (length < 0) {
          throw new IOException("answer without Content-Length");
        }
        bodyStart = i + 1;
        end = bodyStart + length;
        return;
      }
      if (lineLength > LENGTH.length && isLength(lineStart)) {
        length = number(lineStart + LENGTH.length, i - 1);
      }
      lineStart = i + 1;
    }
  }

  private boolean isLength(int lineStart) {
    for (int i = 0; i < LENGTH.length; i++) {
      byte found = answer.get(lineStart + i);
      if ((found >= 'A' && found <= 'Z' ? found + 32 : found) != LENGTH[i]) {
        return false;
      }
    }
    return true;
  }

  private int number(int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      byte digit = answer.get(i);
      if (digit >= '0' && digit <= '9') {
        number = 10 * number + digit - '0';
      }
    }
    return number;
  }

  private void grow() {
    if (!answer.hasRemaining()) {
      answer = ByteBuffer.allocateDirect(2 * answer.capacity()).put(answer.flip());
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
