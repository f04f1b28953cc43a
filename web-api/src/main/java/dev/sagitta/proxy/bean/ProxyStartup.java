package dev.sagitta.proxy.bean;

import dev.sagitta.connector.wal.WalConnectionFactory;
import dev.sagitta.coordinator.bean.CoordinatorStartup;
import dev.sagitta.coordinator.bean.NodeConfiguration;
import dev.sagitta.coordinator.node.CoordinatorNode;
import dev.sagitta.embedding.TextEmbedders;
import dev.sagitta.embedding.TextEmbeddingFunction;
import dev.sagitta.engine.configuration.Configuration;
import dev.sagitta.engine.configuration.SagittaConfiguration;
import dev.sagitta.engine.function.FieldFunctions;
import dev.sagitta.engine.schema.FunctionType;
import dev.sagitta.proxy.SessionWrites;
import dev.sagitta.proxy.WriteService;
import dev.sagitta.proxy.rank.model.RerankModels;
import dev.sagitta.proxy.read.ReadServices;
import dev.sagitta.proxy.write.LogWriteService;
import dev.sagitta.query.bean.QueryNodeStartup;
import dev.sagitta.query.node.NodeThreads;
import dev.sagitta.query.node.QueryNode;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.EJB;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedThreadFactory;

/** Puts the proxy together: writes to the log, reads from the nodes. */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class ProxyStartup {
  private static final int FAN_OUT_THREADS = 32;

  @Resource(lookup = "java:app/sagitta/Wal")
  private WalConnectionFactory log;

  @Resource private ManagedThreadFactory threadFactory;
  @EJB private CoordinatorStartup coordinators;
  @EJB private QueryNodeStartup queryNode;

  private NodeThreads threads;
  private SessionWrites sessionWrites;
  private TextEmbedders embedders;
  private FieldFunctions functions;
  private ReadServices reads;
  private LogWriteService writes;

  @PostConstruct
  void start() {
    Configuration configuration = NodeConfiguration.load();
    CoordinatorNode coordinator = coordinators.node();
    QueryNode node = queryNode.node();
    threads = new NodeThreads(threadFactory);
    sessionWrites = new SessionWrites(coordinator.catalogFollower());
    embedders = TextEmbedders.create(configuration);
    functions =
        FieldFunctions.ofEngine()
            .with(FunctionType.TEXT_EMBEDDING, new TextEmbeddingFunction(embedders));
    reads =
        ReadServices.create(
            coordinator.catalogFollower(),
            node.router(),
            node.reader(),
            sessionWrites,
            threads.pool(FAN_OUT_THREADS),
            configuration.get(SagittaConfiguration.GRACEFUL_TIME),
            functions,
            coordinator.timestampOracle(),
            RerankModels.create(embedders.client(), configuration));
    writes =
        new LogWriteService(
            coordinator.catalogFollower(),
            coordinator.timestampOracle(),
            log,
            coordinator.cluster().localNodeId(),
            reads.queries(),
            sessionWrites,
            configuration.get(SagittaConfiguration.MAXIMUM_INFLIGHT_BYTES),
            functions);
  }

  @PreDestroy
  void stop() {
    sessionWrites.close();
    threads.stop();
    embedders.close();
  }

  /** What computes the fields that rows do not give. */
  public FieldFunctions functions() {
    return functions;
  }

  /** The services that read. */
  public ReadServices reads() {
    return reads;
  }

  /** The service that writes. */
  public WriteService writes() {
    return writes;
  }
}
