package dev.sagitta.engine.text;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionLengthAttribute;

/** Cuts texts into tokens. Safe for concurrent use. */
public final class TextAnalyzer {
  private final Analyzer analyzer;

  TextAnalyzer(Analyzer analyzer) {
    this.analyzer = requireNonNull(analyzer, "analyzer is null");
  }

  /** The text's tokens in order. */
  public List<Token> tokens(String text) {
    requireNonNull(text, "text is null");
    List<Token> tokens = new ArrayList<>();
    Utf8Offsets offsets = new Utf8Offsets(text);
    try (TokenStream stream = analyzer.tokenStream("", text)) {
      CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
      OffsetAttribute offset = stream.addAttribute(OffsetAttribute.class);
      PositionIncrementAttribute step = stream.addAttribute(PositionIncrementAttribute.class);
      PositionLengthAttribute length = stream.addAttribute(PositionLengthAttribute.class);
      stream.reset();
      int position = -1;
      while (stream.incrementToken()) {
        position += step.getPositionIncrement();
        tokens.add(
            new Token(
                term.toString(),
                offsets.of(offset.startOffset()),
                offsets.of(offset.endOffset()),
                position,
                length.getPositionLength()));
      }
      stream.end();
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory cannot be read", e);
    }
    return tokens;
  }

  /** How often each term occurs. */
  public TermFrequencies termFrequencies(String text) {
    int[] ids = tokens(text).stream().mapToInt(Token::termId).toArray();
    // Flipping the sign bit makes the order of int that of unsigned int.
    for (int i = 0; i < ids.length; i++) {
      ids[i] ^= Integer.MIN_VALUE;
    }
    Arrays.sort(ids);
    int[] distinct = new int[ids.length];
    float[] counts = new float[ids.length];
    int size = 0;
    for (int i = 0; i < ids.length; i++) {
      if (i == 0 || ids[i] != ids[i - 1]) {
        distinct[size++] = ids[i] ^ Integer.MIN_VALUE;
      }
      counts[size - 1]++;
    }
    return new TermFrequencies(Arrays.copyOf(distinct, size), Arrays.copyOf(counts, size));
  }
}
