package dev.sagitta.engine.catalog;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Unmodifiable copies of maps with one entry changed. A change copies only the maps it touches (the
 * segments of one collection, not those of all), so that its cost does not grow with the catalog.
 */
final class MapCopies {
  private MapCopies() {}

  static <K, V> Map<K, V> with(Map<K, V> map, K key, V value) {
    Map<K, V> copy = HashMap.newHashMap(map.size() + 1);
    copy.putAll(map);
    copy.put(key, value);
    return Collections.unmodifiableMap(copy);
  }

  static <K, V> Map<K, V> without(Map<K, V> map, K key) {
    if (!map.containsKey(key)) {
      return map;
    }
    Map<K, V> copy = new HashMap<>(map);
    copy.remove(key);
    return Collections.unmodifiableMap(copy);
  }

  /** The first map with the entries of the second and without the keys. */
  static Map<String, String> merged(
      Map<String, String> map, Map<String, String> added, Set<String> removedKeys) {
    Map<String, String> copy = new HashMap<>(map);
    copy.putAll(added);
    copy.keySet().removeAll(removedKeys);
    return Collections.unmodifiableMap(copy);
  }
}
