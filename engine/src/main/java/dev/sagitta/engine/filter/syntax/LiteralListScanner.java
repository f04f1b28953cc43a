package dev.sagitta.engine.filter.syntax;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.Lexer;
import org.antlr.v4.runtime.Token;

/**
 * Reads lists of plain literals straight from the text: lists of ten thousand keys are common, and
 * a token and two nodes for each element would cost most of the time of such a filter. What it does
 * not know (other lists inside, templates, arithmetic, hexadecimal numbers) it leaves to the
 * grammar, together with all errors.
 */
final class LiteralListScanner {
  /** Longer ones might overflow; they are rare, so the grammar may read them. */
  private static final int MOST_DIGITS = 18;

  private final String text;
  private int position;
  private int lines;
  private int lineStart;

  /** The elements: in {@code longs} as long as all are integers, else in {@code values}. */
  private long[] longs = new long[16];

  private int longCount;
  private List<Object> values;

  LiteralListScanner(String text) {
    this.text = text;
  }

  /**
   * Reads the list that begins with a bracket, and moves the lexer behind it.
   *
   * @param bracket the token of the opening bracket, the last one that the lexer gave
   * @param mostElements longer lists are left to the grammar
   * @return the list as a token; empty if it is no list of plain literals
   */
  Optional<Token> scan(Token bracket, Lexer lexer, int mostElements) {
    position = bracket.getStopIndex() + 1;
    lines = 0;
    longCount = 0;
    values = null;
    if (!readElements(mostElements)) {
      return Optional.empty();
    }
    LiteralListToken token = new LiteralListToken(bracket, position - 1, elements());
    lexer.getInputStream().seek(position);
    lexer.setLine(lexer.getLine() + lines);
    lexer.setCharPositionInLine(
        lines > 0
            ? position - lineStart
            : bracket.getCharPositionInLine() + position - bracket.getStartIndex());
    return Optional.of(token);
  }

  private List<?> elements() {
    return values == null ? new LongList(longs, longCount) : values;
  }

  /** Reads to behind the closing bracket; at least one element. */
  private boolean readElements(int mostElements) {
    skipBlanks();
    for (int count = 0; count < mostElements && readElement(); count++) {
      skipBlanks();
      boolean comma = current() == ',';
      if (comma) {
        position++;
        skipBlanks();
      }
      if (current() == ']') {
        position++;
        return true;
      }
      if (!comma) {
        return false;
      }
    }
    return false;
  }

  /** The character at the position; a NUL, which no filter holds, at the end. */
  private char current() {
    return at(position);
  }

  private char at(int index) {
    return index < text.length() ? text.charAt(index) : '\0';
  }

  private void skipBlanks() {
    while (true) {
      switch (current()) {
        case ' ', '\t', '\r' -> position++;
        case '\n' -> {
          position++;
          lines++;
          lineStart = position;
        }
        default -> {
          return;
        }
      }
    }
  }

  private boolean readElement() {
    char first = current();
    return switch (first) {
      case '"', '\'' -> readString(first);
      case 't' -> readWord("true", true);
      case 'f' -> readWord("false", false);
      default -> readNumber();
    };
  }

  private boolean readWord(String word, boolean value) {
    if (!text.startsWith(word, position)
        || Character.isLetterOrDigit(at(position + word.length()))
        || at(position + word.length()) == '_') {
      return false;
    }
    position += word.length();
    add(value);
    return true;
  }

  private boolean readString(char quote) {
    int start = position;
    int end = position + 1;
    while (end < text.length() && text.charAt(end) != quote) {
      char character = text.charAt(end);
      if (character == '\n' || character == '\r') {
        return false;
      }
      end += character == '\\' ? 2 : 1;
    }
    if (end >= text.length()) {
      return false;
    }
    position = end + 1;
    add(Literals.string(text.substring(start, position)));
    return true;
  }

  private boolean readNumber() {
    int start = position;
    boolean negative = current() == '-';
    int digits = negative ? start + 1 : start;
    int end = digits;
    long value = 0;
    while (isDigit(at(end))) {
      value = value * 10 + (at(end) - '0');
      end++;
    }
    int count = end - digits;
    // A leading zero may be octal, or hexadecimal with what follows.
    boolean plain = count >= 1 && (count == 1 || at(digits) != '0');
    if (!plain) {
      return false;
    }
    if (at(end) == '.') {
      return readFraction(start, end + 1);
    }
    if (count > MOST_DIGITS || Character.isLetter(at(end)) || at(end) == '_') {
      return false;
    }
    position = end;
    addLong(negative ? -value : value);
    return true;
  }

  private boolean readFraction(int start, int fraction) {
    int end = fraction;
    while (isDigit(at(end))) {
      end++;
    }
    if (end == fraction || Character.isLetter(at(end)) || at(end) == '_' || at(end) == '.') {
      return false;
    }
    double value = Double.parseDouble(text.substring(start, end));
    if (!Double.isFinite(value)) {
      return false;
    }
    position = end;
    add(value);
    return true;
  }

  private static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }

  private void addLong(long value) {
    if (values != null) {
      values.add(value);
      return;
    }
    if (longCount == longs.length) {
      longs = Arrays.copyOf(longs, 2 * longCount);
    }
    longs[longCount++] = value;
  }

  private void add(Object value) {
    if (values == null) {
      values = new ArrayList<>(Math.max(16, longCount + 1));
      for (int i = 0; i < longCount; i++) {
        values.add(longs[i]);
      }
    }
    values.add(value);
  }
}
