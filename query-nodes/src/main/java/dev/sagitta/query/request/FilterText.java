package dev.sagitta.query.request;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * A filter as the client wrote it; nodes compile it (and keep compiled ones).
 *
 * @param expression empty text means: all rows
 * @param templates values of {@code {name}} placeholders: Boolean, Long, Double, String or a List
 *     of these
 */
public record FilterText(String expression, Map<String, Object> templates) {
  public static final FilterText ALL = new FilterText("", Map.of());

  public FilterText {
    requireNonNull(expression, "expression is null");
    templates = Map.copyOf(requireNonNull(templates, "templates is null"));
  }
}
