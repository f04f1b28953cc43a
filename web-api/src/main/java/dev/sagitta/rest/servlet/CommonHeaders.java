package dev.sagitta.rest.servlet;

import jakarta.servlet.http.HttpServletResponse;

/** Headers that every answer of the REST API carries. */
final class CommonHeaders {
  private CommonHeaders() {}

  static void set(HttpServletResponse response) {
    response.setHeader("Access-Control-Allow-Origin", "*");
    response.setHeader("Access-Control-Allow-Credentials", "true");
    response.setHeader(
        "Access-Control-Allow-Headers",
        "Content-Type, Content-Length, Accept-Encoding, X-CSRF-Token, Authorization, accept,"
            + " origin, Cache-Control, X-Requested-With");
    response.setHeader(
        "Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, DELETE, OPTIONS, PATCH");
    response.setHeader("X-Content-Type-Options", "nosniff");
  }
}
