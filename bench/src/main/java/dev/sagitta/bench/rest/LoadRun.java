package dev.sagitta.bench.rest;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Sends a workload over some connections, each with one request at a time, from one thread: the
 * processors belong to the server, and one thread that waits for all connections at once needs
 * fewer switches than a thread for each.
 */
final class LoadRun implements AutoCloseable {
  private static final long TIMEOUT_MILLIS = 60_000;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final RestServer server;
  private final List<ByteBuffer> requests;
  private final int total;
  private final long endNanos;
  private final Selector selector;
  private final List<LoadConnection> connections = new ArrayList<>();
  private long[] nanos = new long[1024];
  private int begun;
  private int answered;

  private LoadRun(RestServer server, Workload workload, int total, long endNanos)
      throws IOException {
    this.server = server;
    this.requests = workload.requests();
    this.total = total;
    this.endNanos = endNanos;
    this.selector = Selector.open();
  }

  /** Runs until {@code total} requests are answered or {@code seconds} have passed. */
  static LoadReport run(
      RestServer server, Workload workload, int connections, int total, int seconds)
      throws IOException {
    double serverBegin = server.processorSeconds();
    long cpuBegin = THREADS.getCurrentThreadCpuTime();
    long begin = System.nanoTime();
    try (LoadRun run = new LoadRun(server, workload, total, begin + seconds * 1_000_000_000L)) {
      run.run(connections);
      double elapsed = (System.nanoTime() - begin) / 1e9;
      double generator = (THREADS.getCurrentThreadCpuTime() - cpuBegin) / 1e9;
      long[] sorted = Arrays.copyOf(run.nanos, run.answered);
      Arrays.sort(sorted);
      return new LoadReport(elapsed, sorted, server.processorSeconds() - serverBegin, generator);
    }
  }

  private void run(int count) throws IOException {
    for (int i = 0; i < Math.min(count, total); i++) {
      LoadConnection connection = new LoadConnection(server.address());
      connections.add(connection);
      begin(connection, connection.channel().register(selector, 0, connection));
    }
    while (answered < begun) {
      if (selector.select(this::ready, TIMEOUT_MILLIS) == 0) {
        throw new SocketTimeoutException("no answer for " + TIMEOUT_MILLIS + " ms");
      }
    }
  }

  private void ready(SelectionKey key) {
    LoadConnection connection = (LoadConnection) key.attachment();
    try {
      if (key.isWritable()) {
        if (connection.send()) {
          key.interestOps(SelectionKey.OP_READ);
        }
      } else if (connection.receive()) {
        long now = System.nanoTime();
        connection.requireSuccess();
        record(now - connection.begunNanos());
        if (now < endNanos && begun < total) {
          begin(connection, key);
        } else {
          key.interestOps(0);
        }
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void begin(LoadConnection connection, SelectionKey key) throws IOException {
    boolean sent = connection.begin(requests.get(begun++ % requests.size()));
    int wanted = sent ? SelectionKey.OP_READ : SelectionKey.OP_WRITE;
    if (key.interestOps() != wanted) {
      key.interestOps(wanted);
    }
  }

  private void record(long latency) {
    if (answered == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * answered);
    }
    nanos[answered++] = latency;
  }

  @Override
  public void close() throws IOException {
    for (LoadConnection connection : connections) {
      connection.close();
    }
    selector.close();
  }
}
