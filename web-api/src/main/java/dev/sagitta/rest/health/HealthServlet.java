package dev.sagitta.rest.health;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Milvus's probes: {@code /livez} while the process answers, the others when it is ready. */
@WebServlet(urlPatterns = {"/healthz", "/livez", "/management/check/ready"})
public class HealthServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final String LIVE_PATH = "/livez";

  @Inject private transient HealthChecks checks;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (request.getServletPath().equals(LIVE_PATH)) {
      send(response, HttpServletResponse.SC_OK, "text/plain", "OK".getBytes(UTF_8));
      return;
    }
    HealthReport report = checks.report();
    int status =
        report.isReady() ? HttpServletResponse.SC_OK : HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
    String asked = request.getContentType();
    if (asked != null && asked.startsWith("application/json")) {
      send(response, status, "application/json", report.json());
    } else {
      String text = report.reason().map(reason -> "not ready: " + reason).orElse("OK");
      send(response, status, "text/plain", text.getBytes(UTF_8));
    }
  }

  private static void send(
      HttpServletResponse response, int status, String contentType, byte[] body)
      throws IOException {
    response.setStatus(status);
    response.setContentType(contentType);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
