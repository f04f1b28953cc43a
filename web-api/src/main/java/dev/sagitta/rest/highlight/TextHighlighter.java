package dev.sagitta.rest.highlight;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.text.TextAnalyzer;
import dev.sagitta.engine.text.Token;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Marks the words of texts that an analyzer makes one of the wanted terms of. */
public final class TextHighlighter {
  private final TextAnalyzer analyzer;
  private final HighlightOptions options;
  private final Set<String> terms = new HashSet<>();

  /**
   * @param queries texts whose terms are marked
   */
  public TextHighlighter(TextAnalyzer analyzer, HighlightOptions options, List<String> queries) {
    this.analyzer = requireNonNull(analyzer, "analyzer is null");
    this.options = requireNonNull(options, "options is null");
    for (String query : queries) {
      analyzer.tokens(query).forEach(token -> terms.add(token.text()));
    }
  }

  /** A marked word, in characters. */
  private record Span(int start, int end) {}

  /** The fragments with marked words, in the order of the text; none if no word matches. */
  public List<String> fragments(String text) {
    List<Span> spans = spans(text);
    List<String> fragments = new ArrayList<>();
    int next = 0;
    while (next < spans.size() && fragments.size() < options.fragmentCount()) {
      int start = boundary(text, Math.max(0, spans.get(next).start - options.fragmentOffset()));
      int wanted = (int) Math.min(text.length(), (long) start + options.fragmentSize());
      int end = boundary(text, Math.max(wanted, spans.get(next).end));
      int last = next;
      while (last < spans.size() && spans.get(last).end <= end) {
        last++;
      }
      fragments.add(marked(text, start, end, spans.subList(next, last)));
      next = last;
    }
    return fragments;
  }

  private String marked(String text, int start, int end, List<Span> spans) {
    StringBuilder fragment = new StringBuilder();
    int position = start;
    for (int i = 0; i < spans.size(); i++) {
      int tag = i % options.preTags().size();
      fragment
          .append(text, position, spans.get(i).start)
          .append(options.preTags().get(tag))
          .append(text, spans.get(i).start, spans.get(i).end)
          .append(options.postTags().get(tag));
      position = spans.get(i).end;
    }
    return fragment.append(text, position, end).toString();
  }

  /** The matched words by their place, overlapping ones as one. */
  private List<Span> spans(String text) {
    List<Token> matched = new ArrayList<>();
    for (Token token : analyzer.tokens(text)) {
      if (terms.contains(token.text())) {
        matched.add(token);
      }
    }
    matched.sort(Comparator.comparingInt(Token::startOffset).thenComparingInt(Token::endOffset));
    CharacterOffsets offsets = new CharacterOffsets(text);
    List<Span> spans = new ArrayList<>();
    for (Token token : matched) {
      int start = offsets.of(token.startOffset());
      int end = offsets.of(token.endOffset());
      if (!spans.isEmpty() && start < spans.getLast().end) {
        Span before = spans.removeLast();
        spans.add(new Span(before.start, Math.max(before.end, end)));
      } else {
        spans.add(new Span(start, end));
      }
    }
    return spans;
  }

  /** The place itself, or the one before where it would cut a character in two. */
  private static int boundary(String text, int place) {
    boolean cuts =
        place > 0 && place < text.length() && Character.isLowSurrogate(text.charAt(place));
    return cuts ? place - 1 : place;
  }

  /** Places in UTF-8 as places in a Java text. */
  private static final class CharacterOffsets {
    private final int[] characterOfByte;

    CharacterOffsets(String text) {
      int[] places = new int[3 * text.length() + 1];
      int bytes = 0;
      for (int i = 0; i < text.length(); ) {
        int codePoint = text.codePointAt(i);
        int length = codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
        for (int j = 0; j < length; j++) {
          places[bytes++] = i;
        }
        i += Character.charCount(codePoint);
      }
      places[bytes] = text.length();
      this.characterOfByte = places;
    }

    int of(int offset) {
      return characterOfByte[offset];
    }
  }
}
