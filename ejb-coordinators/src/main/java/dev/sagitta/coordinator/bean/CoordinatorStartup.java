package dev.sagitta.coordinator.bean;

import dev.sagitta.connector.objectstore.ObjectStoreConnectionFactory;
import dev.sagitta.connector.wal.WalConnectionFactory;
import dev.sagitta.coordinator.node.CoordinatorNode;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedThreadFactory;

/** Starts the coordinators with the application and stops them with it. */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class CoordinatorStartup {
  @Resource(lookup = "java:app/sagitta/ObjectStore")
  private ObjectStoreConnectionFactory objects;

  @Resource(lookup = "java:app/sagitta/Wal")
  private WalConnectionFactory log;

  @Resource private ManagedThreadFactory threadFactory;

  private CoordinatorNode node;

  @PostConstruct
  void start() {
    node = new CoordinatorNode(NodeConfiguration.load(), objects, log, threadFactory);
    node.start();
  }

  @PreDestroy
  void stop() {
    node.stop();
  }

  /** The coordinators of this process. */
  public CoordinatorNode node() {
    return node;
  }
}
