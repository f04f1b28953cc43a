package dev.sagitta.coordinator.bean;

import dev.sagitta.coordinator.catalog.CatalogFollower;
import dev.sagitta.coordinator.cluster.Cluster;
import dev.sagitta.coordinator.data.DataCoordinator;
import dev.sagitta.coordinator.index.IndexCoordinator;
import dev.sagitta.coordinator.node.CoordinatorNode;
import dev.sagitta.coordinator.root.RootCoordinator;
import dev.sagitta.coordinator.time.TimestampOracle;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/**
 * Gives the coordinators to whoever injects their interfaces. {@link CoordinatorNode} itself, for
 * its health, and the catalog, which every request reads, are injected without a proxy.
 */
@ApplicationScoped
public class CoordinatorProducers {
  @EJB private CoordinatorStartup startup;

  @Produces
  @Singleton
  CoordinatorNode node() {
    return startup.node();
  }

  @Produces
  @ApplicationScoped
  Cluster cluster() {
    return startup.node().cluster();
  }

  @Produces
  @Singleton
  CatalogFollower catalogFollower() {
    return startup.node().catalogFollower();
  }

  @Produces
  @ApplicationScoped
  TimestampOracle timestampOracle() {
    return startup.node().timestampOracle();
  }

  @Produces
  @ApplicationScoped
  RootCoordinator rootCoordinator() {
    return startup.node().rootCoordinator();
  }

  @Produces
  @ApplicationScoped
  DataCoordinator dataCoordinator() {
    return startup.node().dataCoordinator();
  }

  @Produces
  @ApplicationScoped
  IndexCoordinator indexCoordinator() {
    return startup.node().indexCoordinator();
  }
}
