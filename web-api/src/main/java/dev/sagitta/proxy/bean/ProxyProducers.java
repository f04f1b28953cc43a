package dev.sagitta.proxy.bean;

import dev.sagitta.engine.function.FieldFunctions;
import dev.sagitta.proxy.QueryService;
import dev.sagitta.proxy.SearchService;
import dev.sagitta.proxy.WriteService;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;

/** Gives the proxy's services to whoever injects their interfaces. */
@ApplicationScoped
public class ProxyProducers {
  @EJB private ProxyStartup startup;

  @Produces
  @ApplicationScoped
  WriteService writeService() {
    return startup.writes();
  }

  @Produces
  FieldFunctions functions() {
    return startup.functions();
  }

  @Produces
  @ApplicationScoped
  SearchService searchService() {
    return startup.reads().searches();
  }

  @Produces
  @ApplicationScoped
  QueryService queryService() {
    return startup.reads().queries();
  }
}
