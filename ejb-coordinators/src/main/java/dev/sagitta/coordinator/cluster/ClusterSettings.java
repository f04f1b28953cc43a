package dev.sagitta.coordinator.cluster;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Where this node listens for other nodes and which ones it looks for.
 *
 * @param name nodes of another name are strangers
 * @param bind address to listen on; the next free port of a hundred is taken when it is in use
 * @param join nodes to join; empty when others join this one
 */
public record ClusterSettings(String name, Address bind, List<Address> join) {
  public ClusterSettings {
    requireNonNull(name, "name is null");
    requireNonNull(bind, "bind is null");
    join = List.copyOf(requireNonNull(join, "join is null"));
  }

  /** A host and a port. */
  public record Address(String host, int port) {
    public Address {
      requireNonNull(host, "host is null");
      if (port < 1 || port > 65_535) {
        throw new IllegalArgumentException(
            "port must be 1 to 65535: host=" + host + " port=" + port);
      }
    }

    /** Parses {@code host:port}. */
    public static Address parse(String text) {
      int colon = text.lastIndexOf(':');
      if (colon < 1) {
        throw new IllegalArgumentException("address must be host:port: address=" + text);
      }
      try {
        return new Address(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException("address must be host:port: address=" + text, e);
      }
    }

    @Override
    public String toString() {
      return host + ":" + port;
    }
  }
}
