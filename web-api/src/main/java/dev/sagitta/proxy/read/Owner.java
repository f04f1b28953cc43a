package dev.sagitta.proxy.read;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** A node and those of its vchannels that a read needs. */
record Owner(String nodeId, List<String> vchannels) {
  Owner {
    requireNonNull(nodeId, "nodeId is null");
    vchannels = List.copyOf(vchannels);
  }
}
