package dev.sagitta.proxy.bean;

import dev.sagitta.engine.function.FieldFunctions;
import dev.sagitta.proxy.QueryService;
import dev.sagitta.proxy.SearchService;
import dev.sagitta.proxy.WriteService;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/**
 * Gives the proxy's services to whoever injects their interfaces: the objects themselves, because a
 * client proxy costs more than what it leads to.
 */
@ApplicationScoped
public class ProxyProducers {
  @EJB private ProxyStartup startup;

  @Produces
  @Singleton
  WriteService writeService() {
    return startup.writes();
  }

  @Produces
  FieldFunctions functions() {
    return startup.functions();
  }

  @Produces
  @Singleton
  SearchService searchService() {
    return startup.reads().searches();
  }

  @Produces
  @Singleton
  QueryService queryService() {
    return startup.reads().queries();
  }
}
