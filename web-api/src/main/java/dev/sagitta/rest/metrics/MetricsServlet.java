package dev.sagitta.rest.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sagitta.engine.metrics.MetricRegistry;
import dev.sagitta.engine.metrics.PrometheusText;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Shows the metrics of this process. {@code /metrics} is the server's own on servers with
 * MicroProfile Metrics (which shows the same ones, mirrored); {@code /management/metrics} is always
 * ours.
 */
@WebServlet(urlPatterns = {"/metrics", "/management/metrics"})
public class MetricsServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    byte[] text = PrometheusText.of(MetricRegistry.process()).getBytes(UTF_8);
    response.setContentType(PrometheusText.CONTENT_TYPE);
    response.setContentLength(text.length);
    response.getOutputStream().write(text);
  }
}
