package dev.sagitta.query.barrier;

import static java.util.Objects.requireNonNull;

import dev.sagitta.connector.wal.WalConnection;
import dev.sagitta.connector.wal.WalConnectionFactory;
import dev.sagitta.connector.wal.WalEntry;
import dev.sagitta.connector.wal.WalException;
import dev.sagitta.coordinator.catalog.CatalogFollower;
import dev.sagitta.coordinator.cluster.Cluster;
import dev.sagitta.engine.catalog.CatalogSnapshot;
import dev.sagitta.engine.catalog.VchannelDescriptor;
import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.time.Deadline;
import dev.sagitta.query.VchannelRouter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Finds owners by barriers. The catalog's owner is believed without a barrier only where any
 * freshness will do and it has not refused before.
 */
public final class BarrierRouter implements VchannelRouter, AutoCloseable {
  private final Cluster cluster;
  private final CatalogFollower catalog;
  private final WalConnectionFactory wal;
  private final PendingBarriers pendingBarriers = new PendingBarriers();
  private final ConcurrentHashMap<String, VchannelRoute> routes = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, Long> distrustedEpochs = new ConcurrentHashMap<>();
  private final Consumer<CatalogSnapshot> catalogListener = this::dropVanished;

  public BarrierRouter(Cluster cluster, CatalogFollower catalog, WalConnectionFactory wal) {
    this.cluster = requireNonNull(cluster, "cluster is null");
    this.catalog = requireNonNull(catalog, "catalog is null");
    this.wal = requireNonNull(wal, "wal is null");
  }

  /** Begins to take answers. */
  public void start() {
    cluster.registerService(
        BarrierReply.SERVICE,
        bytes -> {
          pendingBarriers.complete(BarrierReply.decode(bytes));
          return new byte[0];
        });
    catalog.addListener(catalogListener);
  }

  @Override
  public void close() {
    catalog.removeListener(catalogListener);
    routes.values().forEach(VchannelRoute::drop);
  }

  @Override
  public Map<String, String> ownersAt(
      List<String> vchannels, long notBeforeNanos, Deadline deadline) {
    Map<String, String> owners = new HashMap<>();
    List<String> asked = new ArrayList<>();
    for (String vchannel : vchannels) {
      Optional<String> known = known(vchannel, notBeforeNanos);
      if (known.isPresent()) {
        owners.put(vchannel, known.get());
      } else {
        asked.add(vchannel);
        route(vchannel).sendIfNeeded(notBeforeNanos);
      }
    }
    for (String vchannel : asked) {
      owners.put(vchannel, route(vchannel).await(notBeforeNanos, deadline));
    }
    return owners;
  }

  @Override
  public void flush(List<String> vchannels, Deadline deadline) {
    List<FlushRequest> requests = new ArrayList<>();
    try {
      for (String vchannel : vchannels) {
        FlushRequest request = new FlushRequest(vchannel, this::send, pendingBarriers);
        requests.add(request);
        var _ = request.send();
      }
      long catalogVersion = 0;
      for (FlushRequest request : requests) {
        catalogVersion = Math.max(catalogVersion, request.await(deadline).catalogVersion());
      }
      var _ = catalog.awaitVersion(catalogVersion, deadline);
    } finally {
      requests.forEach(FlushRequest::close);
    }
  }

  @Override
  public void invalidate(String vchannel) {
    catalog
        .current()
        .vchannel(vchannel)
        .ifPresent(
            descriptor -> distrustedEpochs.merge(vchannel, descriptor.ownerEpoch(), Math::max));
    VchannelRoute route = routes.get(vchannel);
    if (route != null) {
      route.invalidate();
    }
  }

  private Optional<String> known(String vchannel, long notBeforeNanos) {
    String fresh = route(vchannel).ownerIfFresh(notBeforeNanos);
    if (fresh != null) {
      return Optional.of(fresh);
    }
    if (notBeforeNanos != Long.MIN_VALUE) {
      return Optional.empty();
    }
    VchannelDescriptor descriptor = descriptor(vchannel);
    boolean trusted =
        descriptor.ownerEpoch() > distrustedEpochs.getOrDefault(vchannel, Long.MIN_VALUE);
    return trusted ? descriptor.ownerNodeId().filter(cluster::isAlive) : Optional.empty();
  }

  private VchannelRoute route(String vchannel) {
    VchannelRoute existing = routes.get(vchannel);
    if (existing != null) {
      return existing;
    }
    var _ = descriptor(vchannel);
    return routes.computeIfAbsent(
        vchannel, name -> new VchannelRoute(name, this::send, pendingBarriers, cluster::isAlive));
  }

  private VchannelDescriptor descriptor(String vchannel) {
    return catalog
        .current()
        .vchannel(vchannel)
        .orElseThrow(
            () ->
                new SagittaException(
                    ErrorCode.COLLECTION_NOT_FOUND,
                    "collection not found[vchannel=" + vchannel + "]"));
  }

  private CompletableFuture<Void> send(String vchannel, BarrierKind kind, long id) {
    byte[] body = new Barrier(kind, id, cluster.localNodeId()).encode();
    try (WalConnection connection = wal.connect()) {
      return connection.sendBarrier(new WalEntry(descriptor(vchannel).pchannel(), vchannel, body));
    } catch (WalException | SagittaException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private void dropVanished(CatalogSnapshot snapshot) {
    distrustedEpochs.keySet().removeIf(name -> !snapshot.vchannels().containsKey(name));
    routes
        .entrySet()
        .removeIf(
            entry -> {
              boolean vanished = !snapshot.vchannels().containsKey(entry.getKey());
              if (vanished) {
                entry.getValue().drop();
              }
              return vanished;
            });
  }
}
