package dev.sagitta.query.read;

import static java.util.Objects.requireNonNull;

import dev.sagitta.coordinator.cluster.Cluster;
import dev.sagitta.engine.column.ColumnBatch;
import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.index.Bm25Statistics;
import dev.sagitta.engine.time.Deadline;
import dev.sagitta.query.NodeReader;
import dev.sagitta.query.StaleRouteException;
import dev.sagitta.query.request.FetchRequest;
import dev.sagitta.query.request.NodeSearchRequest;
import dev.sagitta.query.request.NodeSearchResult;
import dev.sagitta.query.request.RetrieveRequest;
import dev.sagitta.query.request.RetrieveResult;
import dev.sagitta.query.request.TermStatisticsRequest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Reads on this node by a plain call, on others through the cluster. A message begins with the time
 * that is left (int64 nanoseconds); an answer with one byte: 0 and the result, or 1 and why the
 * route is stale. Other failures travel as the cluster's own.
 */
public final class ClusterNodeReader implements NodeReader {
  private static final String SEARCH = "node-search";
  private static final String RETRIEVE = "node-retrieve";
  private static final String FETCH = "node-fetch";
  private static final String TERM_STATISTICS = "node-term-statistics";
  private static final byte DONE = 0;
  private static final byte STALE_ROUTE = 1;

  private final Cluster cluster;
  private final LocalReader local;

  public ClusterNodeReader(Cluster cluster, LocalReader local) {
    this.cluster = requireNonNull(cluster, "cluster is null");
    this.local = requireNonNull(local, "local is null");
  }

  /** Begins to answer other nodes. */
  public void start() {
    serve(SEARCH, RequestCodec::readSearch, local::search, ResultCodec::write);
    serve(
        TERM_STATISTICS,
        TermStatisticsCodec::readRequest,
        local::termStatistics,
        TermStatisticsCodec::write);
    serve(RETRIEVE, RequestCodec::readRetrieve, local::retrieve, ResultCodec::write);
    serve(FETCH, RequestCodec::readFetch, local::fetch, (batch, writer) -> writer.putBatch(batch));
  }

  @Override
  public NodeSearchResult search(String nodeId, NodeSearchRequest request, Deadline deadline) {
    return isLocal(nodeId)
        ? local.search(request, deadline)
        : ask(
            nodeId,
            SEARCH,
            writer -> RequestCodec.write(request, writer),
            ResultCodec::readSearch,
            deadline);
  }

  @Override
  public Bm25Statistics termStatistics(
      String nodeId, TermStatisticsRequest request, Deadline deadline) {
    return isLocal(nodeId)
        ? local.termStatistics(request, deadline)
        : ask(
            nodeId,
            TERM_STATISTICS,
            writer -> TermStatisticsCodec.write(request, writer),
            TermStatisticsCodec::read,
            deadline);
  }

  @Override
  public RetrieveResult retrieve(String nodeId, RetrieveRequest request, Deadline deadline) {
    return isLocal(nodeId)
        ? local.retrieve(request, deadline)
        : ask(
            nodeId,
            RETRIEVE,
            writer -> RequestCodec.write(request, writer),
            ResultCodec::readRetrieve,
            deadline);
  }

  @Override
  public ColumnBatch fetch(String nodeId, FetchRequest request, Deadline deadline) {
    return isLocal(nodeId)
        ? local.fetch(request, deadline)
        : ask(
            nodeId,
            FETCH,
            writer -> RequestCodec.write(request, writer),
            WireReader::readBatch,
            deadline);
  }

  private boolean isLocal(String nodeId) {
    return nodeId.equals(cluster.localNodeId());
  }

  private <Q, A> void serve(
      String service,
      Function<WireReader, Q> decoder,
      Read<Q, A> read,
      BiConsumer<A, WireWriter> encoder) {
    cluster.registerService(
        service,
        bytes -> {
          WireReader reader = new WireReader(bytes);
          Deadline deadline = Deadline.after(Duration.ofNanos(reader.readLong()));
          WireWriter writer = new WireWriter();
          try {
            A answer = read.apply(decoder.apply(reader), deadline);
            writer.putByte(DONE);
            encoder.accept(answer, writer);
          } catch (StaleRouteException e) {
            writer.putByte(STALE_ROUTE);
            writer.putText(e.getMessage());
          }
          return writer.toByteArray();
        });
  }

  private <A> A ask(
      String nodeId,
      String service,
      Consumer<WireWriter> encoder,
      Function<WireReader, A> decoder,
      Deadline deadline) {
    WireWriter writer = new WireWriter();
    writer.putLong(deadline.remaining().toNanos());
    encoder.accept(writer);
    WireReader answer =
        new WireReader(
            await(cluster.call(nodeId, service, writer.toByteArray(), deadline), deadline));
    if (answer.readByte() == STALE_ROUTE) {
      throw new StaleRouteException(answer.readText());
    }
    return decoder.apply(answer);
  }

  private static byte[] await(CompletableFuture<byte[]> call, Deadline deadline) {
    try {
      return call.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new SagittaException(ErrorCode.TIMEOUT, "node did not answer in time", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new SagittaException(ErrorCode.INTERNAL, "read failed: " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SagittaException(ErrorCode.CANCELLED, "interrupted while reading", e);
    }
  }

  @FunctionalInterface
  private interface Read<Q, A> {
    A apply(Q request, Deadline deadline);
  }
}
