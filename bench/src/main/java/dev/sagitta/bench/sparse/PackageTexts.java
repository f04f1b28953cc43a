package dev.sagitta.bench.sparse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sagitta.bench.data.JsonLines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Texts as lists of term numbers, so that all sides search the very same terms.
 *
 * @param documents terms of each document
 * @param queries terms of each query
 * @param termCount number of distinct terms
 */
record PackageTexts(List<int[]> documents, List<int[]> queries, int termCount) {
  private static final Pattern TERM = Pattern.compile("[a-z0-9]+");

  /**
   * Reads {@code base.jsonl.gz} and {@code query.jsonl.gz}: documents are summary and description
   * of the former, queries are the summaries of the latter, which are other packages.
   */
  static PackageTexts read(Path directory) throws IOException {
    Map<String, Integer> numbers = new HashMap<>();
    List<int[]> documents = new ArrayList<>();
    for (JsonNode line : JsonLines.read(directory.resolve("base.jsonl.gz"))) {
      documents.add(terms(text(line, "summary") + ' ' + text(line, "description"), numbers));
    }
    List<int[]> queries = new ArrayList<>();
    for (JsonNode line : JsonLines.read(directory.resolve("query.jsonl.gz"))) {
      queries.add(terms(text(line, "summary"), numbers));
    }
    return new PackageTexts(documents, queries, numbers.size());
  }

  private static String text(JsonNode line, String field) {
    return line.path(field).asText("");
  }

  private static int[] terms(String text, Map<String, Integer> numbers) {
    return TERM.matcher(text.toLowerCase(Locale.ROOT))
        .results()
        .mapToInt(match -> numbers.computeIfAbsent(match.group(), term -> numbers.size()))
        .toArray();
  }
}
