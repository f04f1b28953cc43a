package dev.sagitta.query.request;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.catalog.CollectionDescriptor;
import dev.sagitta.engine.catalog.CollectionTimeZone;
import dev.sagitta.engine.time.TimestampText;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;

/**
 * A filter as the client wrote it; nodes compile it (and keep compiled ones).
 *
 * @param expression empty text means: all rows
 * @param templates values of {@code {name}} placeholders: Boolean, Long, Double, String or a List
 *     of these
 * @param timeZone name of the time zone of timestamps without an offset; empty means the
 *     collection's
 */
public record FilterText(
    String expression, Map<String, Object> templates, Optional<String> timeZone) {
  public static final FilterText ALL = new FilterText("", Map.of());

  public FilterText {
    requireNonNull(expression, "expression is null");
    templates = Map.copyOf(requireNonNull(templates, "templates is null"));
    requireNonNull(timeZone, "timeZone is null");
  }

  /** A filter in the collection's time zone. */
  public FilterText(String expression, Map<String, Object> templates) {
    this(expression, templates, Optional.empty());
  }

  /** The time zone that the filter is read in. */
  public ZoneId zone(CollectionDescriptor collection) {
    return timeZone.map(TimestampText::zone).orElseGet(() -> CollectionTimeZone.of(collection));
  }
}
