package dev.sagitta.query.bean;

import dev.sagitta.connector.objectstore.ObjectStoreConnectionFactory;
import dev.sagitta.connector.wal.WalConnectionFactory;
import dev.sagitta.coordinator.bean.CoordinatorStartup;
import dev.sagitta.coordinator.bean.NodeConfiguration;
import dev.sagitta.coordinator.node.CoordinatorNode;
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

/** Starts the query node after the coordinators and stops it before them. */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class QueryNodeStartup {
  @Resource(lookup = "java:app/sagitta/ObjectStore")
  private ObjectStoreConnectionFactory objects;

  @Resource(lookup = "java:app/sagitta/Wal")
  private WalConnectionFactory log;

  @Resource private ManagedThreadFactory threadFactory;
  @EJB private CoordinatorStartup coordinators;

  private QueryNode node;

  @PostConstruct
  void start() {
    CoordinatorNode coordinator = coordinators.node();
    node =
        new QueryNode(
            NodeConfiguration.load(),
            coordinator.cluster(),
            coordinator.catalogFollower(),
            objects,
            log,
            threadFactory);
    node.start();
  }

  @PreDestroy
  void stop() {
    node.stop();
  }

  /** The query side of this process. */
  public QueryNode node() {
    return node;
  }
}
