package dev.sagitta.rest.openapi;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * The OpenAPI document at {@code /openapi}. Where the server has a page of its own there
 * (MicroProfile OpenAPI, which knows JAX-RS only), the launcher's configuration moves that page
 * away.
 */
@WebServlet(urlPatterns = "/openapi")
public class OpenApiServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    byte[] document = OpenApiDocument.yaml();
    response.setContentType("application/yaml;charset=UTF-8");
    response.setHeader("Access-Control-Allow-Origin", "*");
    response.setContentLength(document.length);
    response.getOutputStream().write(document);
  }
}
