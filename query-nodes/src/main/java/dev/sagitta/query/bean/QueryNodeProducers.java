package dev.sagitta.query.bean;

import dev.sagitta.query.LoadProgress;
import dev.sagitta.query.NodeReader;
import dev.sagitta.query.VchannelRouter;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;

/** Gives the query side's services to whoever injects their interfaces. */
@ApplicationScoped
public class QueryNodeProducers {
  @EJB private QueryNodeStartup startup;

  @Produces
  @ApplicationScoped
  NodeReader nodeReader() {
    return startup.node().reader();
  }

  @Produces
  @ApplicationScoped
  VchannelRouter vchannelRouter() {
    return startup.node().router();
  }

  @Produces
  @ApplicationScoped
  LoadProgress loadProgress() {
    return startup.node().loadProgress();
  }
}
