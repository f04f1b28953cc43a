package dev.sagitta.engine.text;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sagitta.engine.error.SagittaException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;

/**
 * Analyzers by Milvus's {@code analyzer_params}: {@code {"type": "standard" | "english" |
 * "chinese", "stop_words": [...]}} or {@code {"tokenizer": ..., "filter": [...]}}, where tokenizer
 * and filters are names or objects with a {@code type}. No parameters mean the standard analyzer.
 */
public final class TextAnalyzers {
  private static final ObjectMapper MAPPER = JsonMapper.builder().build();
  private static final int CACHED_MAXIMUM = 128;

  private static final Map<String, TextAnalyzer> CACHE =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, TextAnalyzer> eldest) {
          return size() > CACHED_MAXIMUM;
        }
      };

  private TextAnalyzers() {}

  /**
   * The analyzer of the parameters; the same one for the same text.
   *
   * @param parameters JSON text of {@code analyzer_params}; empty for the standard analyzer
   * @throws SagittaException code 1100, naming the culprit
   */
  public static TextAnalyzer of(String parameters) {
    requireNonNull(parameters, "parameters is null");
    synchronized (CACHE) {
      TextAnalyzer cached = CACHE.get(parameters);
      if (cached == null) {
        cached = new TextAnalyzer(new Chain(parse(parameters)));
        CACHE.put(parameters, cached);
      }
      return cached;
    }
  }

  private static ChainParts parse(String parameters) {
    if (parameters.isBlank()) {
      return builtIn("standard", List.of());
    }
    JsonNode node = read(parameters);
    if (!node.isObject()) {
      throw invalid("analyzer params should be a JSON object: analyzer_params=" + parameters);
    }
    if (node.has("type")) {
      AnalyzerPart.of("analyzer", node).requireOnly("stop_words");
      List<JsonNode> stopWords =
          node.has("stop_words") ? List.of(node.get("stop_words")) : List.of();
      return builtIn(node.get("type").asText(), stopWords);
    }
    if (node.isEmpty()) {
      return builtIn("standard", List.of());
    }
    return custom(node);
  }

  private static JsonNode read(String parameters) {
    try {
      return MAPPER.readTree(parameters);
    } catch (JsonProcessingException e) {
      throw invalid("analyzer params are no JSON: analyzer_params=" + parameters);
    }
  }

  private static ChainParts custom(JsonNode node) {
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      if (!member.getKey().equals("tokenizer") && !member.getKey().equals("filter")) {
        throw invalid("unknown key of analyzer params: key=" + member.getKey());
      }
    }
    if (!node.has("tokenizer")) {
      throw invalid("analyzer params need a type or a tokenizer: analyzer_params=" + node);
    }
    List<UnaryOperator<TokenStream>> filters = new ArrayList<>();
    if (node.has("filter")) {
      if (!node.get("filter").isArray()) {
        throw invalid("filter of analyzer params should be an array: filter=" + node.get("filter"));
      }
      for (JsonNode filter : node.get("filter")) {
        filters.add(TokenFilters.of(AnalyzerPart.of("filter", filter)));
      }
    }
    return new ChainParts(
        Tokenizers.of(AnalyzerPart.of("tokenizer", node.get("tokenizer"))), filters);
  }

  private static ChainParts builtIn(String type, List<JsonNode> stopWords) {
    List<UnaryOperator<TokenStream>> filters = new ArrayList<>();
    String tokenizer = "standard";
    switch (type) {
      case "standard" -> filters.add(TokenFilters.named("lowercase"));
      case "english" -> {
        filters.add(TokenFilters.named("lowercase"));
        filters.add(TokenFilters.stemmer("english"));
        filters.add(TokenFilters.stop(List.of("_english_")));
      }
      case "chinese" -> {
        tokenizer = "jieba";
        filters.add(TokenFilters.named("cnalphanumonly"));
      }
      default -> throw invalid("unknown built-in analyzer: type=" + type);
    }
    for (JsonNode words : stopWords) {
      filters.add(TokenFilters.stop(AnalyzerPart.texts("stop_words", words)));
    }
    return new ChainParts(Tokenizers.of(AnalyzerPart.named("tokenizer", tokenizer)), filters);
  }

  static SagittaException invalid(String message) {
    return SagittaException.invalidParameter(message);
  }

  /** What a chain is made of; each thread makes its own tokenizer and filters of it. */
  private record ChainParts(
      Supplier<Tokenizer> tokenizer, List<UnaryOperator<TokenStream>> filters) {
    ChainParts {
      requireNonNull(tokenizer, "tokenizer is null");
      filters = List.copyOf(filters);
    }
  }

  private static final class Chain extends Analyzer {
    private final ChainParts parts;

    Chain(ChainParts parts) {
      this.parts = parts;
    }

    @Override
    protected TokenStreamComponents createComponents(String fieldName) {
      Tokenizer tokenizer = parts.tokenizer().get();
      TokenStream stream = tokenizer;
      for (UnaryOperator<TokenStream> filter : parts.filters()) {
        stream = filter.apply(stream);
      }
      return new TokenStreamComponents(tokenizer, stream);
    }
  }
}
