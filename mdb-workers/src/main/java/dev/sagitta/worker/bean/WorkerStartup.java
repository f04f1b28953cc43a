package dev.sagitta.worker.bean;

import dev.sagitta.connector.objectstore.ObjectStoreConnectionFactory;
import dev.sagitta.coordinator.bean.CoordinatorStartup;
import dev.sagitta.coordinator.bean.NodeConfiguration;
import dev.sagitta.query.bean.QueryNodeStartup;
import dev.sagitta.worker.node.WorkerNode;
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

/** Starts the workers after the query node and stops them before it. */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class WorkerStartup {
  @Resource(lookup = "java:app/sagitta/ObjectStore")
  private ObjectStoreConnectionFactory objects;

  @Resource private ManagedThreadFactory threadFactory;
  @EJB private CoordinatorStartup coordinators;
  @EJB private QueryNodeStartup queryNode;

  private WorkerNode node;

  @PostConstruct
  void start() {
    node =
        new WorkerNode(
            NodeConfiguration.load(),
            coordinators.node(),
            queryNode.node(),
            objects,
            threadFactory);
    node.start();
  }

  @PreDestroy
  void stop() {
    node.stop();
  }

  /** The workers of this process. */
  public WorkerNode node() {
    return node;
  }
}
