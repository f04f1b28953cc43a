package dev.sagitta.engine.filter;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.time.TimestampText;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compiled filters by text, templates and schema, the least recently used one dropped first. Safe
 * for concurrent use. Filters with long texts or lists are compiled each time: they are rarely
 * asked for twice and would make the cache's memory unbounded.
 */
public final class FilterCache {
  private static final int MAXIMUM_ENTRIES = 1024;
  private static final int LONGEST_EXPRESSION = 8192;
  private static final int MOST_TEMPLATE_VALUES = 1000;

  private final Map<Key, Filter> filters = new RecentFilters();

  /** The compiled filter, whose timestamps without an offset are in UTC. */
  public Filter get(String expression, Map<String, Object> templates, CollectionSchema schema) {
    return get(expression, templates, TimestampText.DEFAULT_ZONE, schema);
  }

  /**
   * The compiled filter.
   *
   * @param zone the time zone of timestamps without an offset
   * @throws FilterException as {@link FilterCompiler#compile} does; failures are not kept
   */
  public Filter get(
      String expression, Map<String, Object> templates, ZoneId zone, CollectionSchema schema) {
    if (expression.length() > LONGEST_EXPRESSION
        || countValues(templates.values()) > MOST_TEMPLATE_VALUES) {
      return FilterCompiler.compile(expression, templates, zone, schema);
    }
    Key key = new Key(expression, new HashMap<>(templates), zone, schema);
    synchronized (filters) {
      Filter cached = filters.get(key);
      if (cached != null) {
        return cached;
      }
    }
    // Outside of the lock: two threads may compile the same filter, both results are good.
    Filter filter = FilterCompiler.compile(expression, templates, zone, schema);
    synchronized (filters) {
      filters.put(key, filter);
    }
    return filter;
  }

  /** Number of filters kept. */
  public int size() {
    synchronized (filters) {
      return filters.size();
    }
  }

  private static int countValues(Iterable<?> values) {
    int count = 0;
    for (Object value : values) {
      count +=
          switch (value) {
            case List<?> list -> 1 + countValues(list);
            case null -> 1;
            case String string -> 1 + string.length() / 64;
            default -> 1;
          };
      if (count > MOST_TEMPLATE_VALUES) {
        return count;
      }
    }
    return count;
  }

  /** The schema counts by identity: comparing schemas would cost more than the cache saves. */
  private record Key(
      String expression, Map<String, Object> templates, ZoneId zone, CollectionSchema schema) {
    Key {
      requireNonNull(schema, "schema is null");
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // identity is the contract, see above
    public boolean equals(Object other) {
      return other instanceof Key key
          && key.schema == schema
          && key.zone.equals(zone)
          && key.expression.equals(expression)
          && key.templates.equals(templates);
    }

    @Override
    public int hashCode() {
      return (expression.hashCode() * 31 + templates.hashCode()) * 31
          + System.identityHashCode(schema);
    }
  }

  private static final class RecentFilters extends LinkedHashMap<Key, Filter> {
    private static final long serialVersionUID = 1L;

    RecentFilters() {
      super(64, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Key, Filter> eldest) {
      return size() > MAXIMUM_ENTRIES;
    }
  }
}
