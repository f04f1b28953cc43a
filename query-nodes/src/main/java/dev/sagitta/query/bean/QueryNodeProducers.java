package dev.sagitta.query.bean;

import dev.sagitta.query.LoadProgress;
import dev.sagitta.query.NodeReader;
import dev.sagitta.query.VchannelRouter;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Gives the query side's services to whoever injects their interfaces, without client proxies. */
@ApplicationScoped
public class QueryNodeProducers {
  @EJB private QueryNodeStartup startup;

  @Produces
  @Singleton
  NodeReader nodeReader() {
    return startup.node().reader();
  }

  @Produces
  @Singleton
  VchannelRouter vchannelRouter() {
    return startup.node().router();
  }

  @Produces
  @Singleton
  LoadProgress loadProgress() {
    return startup.node().loadProgress();
  }
}
