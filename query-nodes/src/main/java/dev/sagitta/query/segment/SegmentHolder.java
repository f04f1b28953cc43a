package dev.sagitta.query.segment;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.catalog.VchannelDescriptor;
import dev.sagitta.engine.schema.CollectionSchema;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The vchannels that this node owns. */
public final class SegmentHolder {
  private final ConcurrentHashMap<String, VchannelState> states = new ConcurrentHashMap<>();
  private volatile Consumer<VchannelState> claimListener = _ -> {};

  /** Who is told of each vchannel that comes, to load its sealed segments. */
  public void onClaimed(Consumer<VchannelState> listener) {
    claimListener = requireNonNull(listener, "listener is null");
  }

  /** Takes a vchannel that this node has just claimed; what an older claim left is given up. */
  public VchannelState claimed(VchannelDescriptor descriptor, CollectionSchema schema) {
    VchannelState state = new VchannelState(descriptor, schema);
    VchannelState before = states.put(descriptor.name(), state);
    if (before != null) {
      before.close();
    }
    claimListener.accept(state);
    return state;
  }

  /** Gives a vchannel up, unless it was claimed again since. */
  public void release(VchannelState state) {
    boolean _ = states.remove(state.vchannel(), state);
    state.close();
  }

  public Optional<VchannelState> find(String vchannel) {
    return Optional.ofNullable(states.get(vchannel));
  }

  public Collection<VchannelState> states() {
    return states.values();
  }
}
