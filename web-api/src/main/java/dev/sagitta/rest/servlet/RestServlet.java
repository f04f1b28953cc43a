package dev.sagitta.rest.servlet;

import dev.sagitta.connector.wal.WalConnectionFactory;
import dev.sagitta.coordinator.bean.NodeConfiguration;
import dev.sagitta.coordinator.catalog.CatalogFollower;
import dev.sagitta.coordinator.root.RootCoordinator;
import dev.sagitta.engine.function.FieldFunctions;
import dev.sagitta.engine.metrics.MetricRegistry;
import dev.sagitta.proxy.QueryService;
import dev.sagitta.proxy.SearchService;
import dev.sagitta.proxy.WriteService;
import dev.sagitta.query.LoadProgress;
import dev.sagitta.query.VchannelRouter;
import dev.sagitta.rest.BodyReader;
import dev.sagitta.rest.InflightBytes;
import dev.sagitta.rest.RestAnswer;
import dev.sagitta.rest.RestDispatcher;
import dev.sagitta.rest.RestMetrics;
import dev.sagitta.rest.RestRequest;
import dev.sagitta.rest.RestServices;
import dev.sagitta.rest.RestSettings;
import dev.sagitta.rest.Routes;
import dev.sagitta.rest.metrics.CatalogGauges;
import dev.sagitta.rest.metrics.ProcessGauges;
import dev.sagitta.rest.metrics.WalGauges;
import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/** Milvus's REST API v2 over the servlet API; a plain servlet because it costs half of JAX-RS. */
@WebServlet(urlPatterns = RestDispatcher.BASE_PATH + "/*", loadOnStartup = 1)
public class RestServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Resource(lookup = "java:app/sagitta/Wal")
  private transient WalConnectionFactory log;

  @Inject private transient CatalogFollower catalog;
  @Inject private transient RootCoordinator rootCoordinator;
  @Inject private transient VchannelRouter router;
  @Inject private transient LoadProgress loadProgress;
  @Inject private transient WriteService writes;
  @Inject private transient SearchService searches;
  @Inject private transient QueryService queries;
  @Inject private transient FieldFunctions functions;

  private transient RestDispatcher dispatcher;
  private transient BodyReader bodyReader;

  @Override
  public void init() {
    RestSettings settings = RestSettings.from(NodeConfiguration.load());
    RestServices services =
        new RestServices(
            catalog,
            rootCoordinator,
            router,
            loadProgress,
            writes,
            searches,
            queries,
            functions,
            settings,
            new RestMetrics(MetricRegistry.process()));
    ProcessGauges.register(MetricRegistry.process());
    WalGauges.register(MetricRegistry.process(), log);
    CatalogGauges.register(MetricRegistry.process(), catalog, settings.indexMinimumRows());
    dispatcher = new RestDispatcher(services, Routes.all());
    bodyReader =
        new BodyReader(
            settings.maximumRequestBytes(), new InflightBytes(settings.maximumInflightBytes()));
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    CommonHeaders.set(response);
    switch (request.getMethod()) {
      case "POST" -> post(request, response);
      case "OPTIONS" -> response.setStatus(HttpServletResponse.SC_NO_CONTENT);
      default -> send(response, RestAnswer.notFound());
    }
  }

  private void post(HttpServletRequest request, HttpServletResponse response) throws IOException {
    String path = Optional.ofNullable(request.getPathInfo()).orElse("");
    try (BodyReader.Body body =
        bodyReader.read(request.getInputStream(), request.getContentLengthLong())) {
      if (body.isRefused()) {
        send(response, body.refusal());
        return;
      }
      RestRequest restRequest =
          new RestRequest(
              path,
              name -> Optional.ofNullable(request.getHeader(name)),
              body.bytes(),
              body.length());
      send(response, dispatcher.dispatch(restRequest));
    }
  }

  private static void send(HttpServletResponse response, RestAnswer answer) throws IOException {
    response.setStatus(answer.status());
    response.setContentType(answer.contentType());
    response.setContentLength(answer.body().length);
    response.getOutputStream().write(answer.body());
  }
}
