package dev.sagitta.connector.objectstore.s3;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Relays TCP connections to a server and breaks them on demand: cuts a connection after a number of
 * bytes from the client, swallows the server's answers, or refuses to relay at all.
 */
final class FaultProxy implements AutoCloseable {
  private static final int BUFFER_BYTES = 4096;

  private final ServerSocket listener;
  private final int serverPort;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicLong bytesUntilCut = new AtomicLong(Long.MAX_VALUE);
  private final AtomicInteger connectionsToCut = new AtomicInteger();
  private final AtomicInteger answersToSwallow = new AtomicInteger();
  private final AtomicInteger faults = new AtomicInteger();
  private volatile boolean refusing;

  FaultProxy(int serverPort) throws IOException {
    this.serverPort = serverPort;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Every connection is cut when this many more bytes have come from clients. */
  void cutAfter(long bytes) {
    cutAfter(bytes, Integer.MAX_VALUE);
  }

  /** As many connections are cut when this many more bytes have come from clients. */
  void cutAfter(long bytes, int connections) {
    connectionsToCut.set(connections);
    bytesUntilCut.set(bytes);
  }

  /** So many times the server's answer is lost and its connection cut. */
  void swallowAnswers(int count) {
    answersToSwallow.set(count);
  }

  /** Cuts what is open and, while refusing, every new connection. */
  void refuse(boolean refuse) {
    refusing = refuse;
    if (refuse) {
      open.forEach(FaultProxy::close);
    }
  }

  /** Relays faithfully again. */
  void heal() {
    bytesUntilCut.set(Long.MAX_VALUE);
    answersToSwallow.set(0);
    refusing = false;
  }

  /** How many connections were broken. */
  int faults() {
    return faults.get();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        if (refusing) {
          faults.incrementAndGet();
          client.close();
          continue;
        }
        Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
        open.add(client);
        open.add(server);
        threads.execute(() -> relay(client, server, this::mayPassRequest));
        threads.execute(() -> relay(server, client, bytes -> mayPassAnswer()));
      } catch (IOException e) {
        if (!listener.isClosed()) {
          throw new IllegalStateException("fault proxy failed", e);
        }
      }
    }
  }

  private void relay(Socket from, Socket to, Gate gate) {
    byte[] buffer = new byte[BUFFER_BYTES];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      int read = in.read(buffer);
      while (read >= 0) {
        if (!gate.mayPass(read)) {
          faults.incrementAndGet();
          break;
        }
        out.write(buffer, 0, read);
        read = in.read(buffer);
      }
    } catch (IOException e) {
      // One side is gone: so is the other.
    } finally {
      close(from);
      close(to);
      open.remove(from);
      open.remove(to);
    }
  }

  private boolean mayPassRequest(int bytes) {
    return bytesUntilCut.addAndGet(-bytes) >= 0 || !takeOne(connectionsToCut);
  }

  private boolean mayPassAnswer() {
    return !takeOne(answersToSwallow);
  }

  private static boolean takeOne(AtomicInteger remaining) {
    return remaining.getAndUpdate(count -> Math.max(0, count - 1)) > 0;
  }

  private static void close(Closeable socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new IllegalStateException("socket not closed", e);
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    open.forEach(FaultProxy::close);
    threads.close();
  }

  @FunctionalInterface
  private interface Gate {
    boolean mayPass(int bytes);
  }
}
