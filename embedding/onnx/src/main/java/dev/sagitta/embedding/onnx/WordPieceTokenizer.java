package dev.sagitta.embedding.onnx;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Text to token ids by WordPiece: each word becomes the longest known piece, then the longest known
 * continuation ("##..."), and so on; a word that cannot be put together is the unknown token. The
 * sequence is enclosed by [CLS] and [SEP]. Text never becomes a special token: "[SEP]" in a text is
 * three words.
 *
 * <p>Source: Wu et al., "Google's Neural Machine Translation System", 2016, section 4.1, greedy
 * longest match as BERT uses it.
 */
final class WordPieceTokenizer {
  private static final String CONTINUATION = "##";

  private final Map<String, Integer> vocabulary;
  private final int longestWord;
  private final int unknown;
  private final int begin;
  private final int end;

  WordPieceTokenizer(Map<String, Integer> vocabulary, int longestWord) {
    this.vocabulary = Map.copyOf(requireNonNull(vocabulary, "vocabulary is null"));
    this.longestWord = longestWord;
    this.unknown = special("[UNK]");
    this.begin = special("[CLS]");
    this.end = special("[SEP]");
  }

  /**
   * Reads the {@code tokenizer.json} of an uncased BERT model in Hugging Face's format.
   *
   * @throws IOException if the file cannot be read or describes another kind of tokenizer
   */
  static WordPieceTokenizer read(Path file) throws IOException {
    JsonNode root = new ObjectMapper().readTree(Files.readAllBytes(file));
    JsonNode model = root.path("model");
    boolean uncased =
        root.path("normalizer").path("type").asText().equals("BertNormalizer")
            && root.path("normalizer").path("lowercase").asBoolean();
    if (!model.path("type").asText().equals("WordPiece") || !uncased) {
      throw new IOException("not the tokenizer of an uncased BERT model: file=" + file);
    }
    Map<String, Integer> vocabulary = HashMap.newHashMap(model.path("vocab").size());
    for (Map.Entry<String, JsonNode> piece : model.path("vocab").properties()) {
      vocabulary.put(piece.getKey(), piece.getValue().asInt());
    }
    return new WordPieceTokenizer(vocabulary, model.path("max_input_chars_per_word").asInt(100));
  }

  private int special(String token) {
    Integer id = vocabulary.get(token);
    if (id == null) {
      throw new IllegalArgumentException("vocabulary lacks a token: token=" + token);
    }
    return id;
  }

  /**
   * The ids of a text, [CLS] and [SEP] included.
   *
   * @param maximumTokens at least 2; of a longer text the first ids are given, and [SEP]
   * @param truncated called when the text was longer
   */
  int[] tokenize(String text, int maximumTokens, Runnable truncated) {
    Ids ids = new Ids(maximumTokens);
    ids.add(begin);
    BertNormalizer.split(text, word -> addWord(word, ids));
    if (ids.count > maximumTokens - 1) {
      truncated.run();
      ids.count = maximumTokens - 1;
    }
    ids.add(end);
    return Arrays.copyOf(ids.elements, ids.count);
  }

  private void addWord(String word, Ids ids) {
    if (ids.isFull()) {
      return;
    }
    if (word.codePointCount(0, word.length()) > longestWord) {
      ids.add(unknown);
      return;
    }
    int wordBegin = ids.count;
    int from = 0;
    while (from < word.length()) {
      int to = word.length();
      Integer piece = null;
      while (to > from && piece == null) {
        String part = word.substring(from, to);
        piece = vocabulary.get(from == 0 ? part : CONTINUATION + part);
        if (piece == null) {
          to = word.offsetByCodePoints(to, -1);
        }
      }
      if (piece == null) {
        ids.count = wordBegin;
        ids.add(unknown);
        return;
      }
      ids.add(piece);
      from = to;
    }
  }

  /** A growing list that keeps no more than one word beyond what is wanted. */
  private static final class Ids {
    private final int wanted;
    private int[] elements = new int[64];
    private int count;

    Ids(int wanted) {
      this.wanted = wanted;
    }

    boolean isFull() {
      return count > wanted;
    }

    void add(int id) {
      if (count == elements.length) {
        elements = Arrays.copyOf(elements, count * 2);
      }
      elements[count++] = id;
    }
  }
}
