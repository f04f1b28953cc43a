package dev.sagitta.connector.wal.broker;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Where the embedded broker listens for other processes. */
public record AcceptorAddress(String host, int port) {
  public AcceptorAddress {
    requireNonNull(host, "host is null");
    if (host.isEmpty() || port < 1 || port > 65535) {
      throw new IllegalArgumentException("not host:port: acceptor=" + host + ":" + port);
    }
  }

  /** From {@code host:port}. */
  public static AcceptorAddress parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException("not host:port: acceptor=" + text);
    }
    try {
      return new AcceptorAddress(
          text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("not host:port: acceptor=" + text, e);
    }
  }

  /** Whether only processes of this machine can connect. */
  boolean loopback() {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("unknown host: acceptor=" + this, e);
    }
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
