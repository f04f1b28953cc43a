package dev.sagitta.engine.filter.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@code like} pattern over UTF-8 bytes: {@code %} stands for any run of characters, {@code _}
 * for one character, a backslash takes the next character literally. Immutable; allocates nothing
 * while matching.
 *
 * <p>The pattern is cut at its {@code %}s into pieces. The first piece must stand at the beginning
 * unless {@code %} precedes it, the last one at the end, and those between are found one after
 * another, each as early as possible, which never loses a match. The worst case is the product of
 * both lengths.
 */
public final class LikePattern implements Utf8Test {
  private final boolean anchoredAtStart;
  private final boolean anchoredAtEnd;
  private final LikePiece[] pieces;

  private LikePattern(boolean anchoredAtStart, boolean anchoredAtEnd, List<LikePiece> pieces) {
    this.anchoredAtStart = anchoredAtStart;
    this.anchoredAtEnd = anchoredAtEnd;
    this.pieces = pieces.toArray(new LikePiece[0]);
  }

  public static LikePattern compile(String pattern) {
    byte[] utf8 = pattern.getBytes(UTF_8);
    List<LikePiece> pieces = new ArrayList<>();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ByteArrayOutputStream wildcards = new ByteArrayOutputStream();
    boolean startsWithRun = false;
    boolean endsWithRun = false;
    for (int i = 0; i < utf8.length; i++) {
      endsWithRun = utf8[i] == '%';
      if (endsWithRun) {
        startsWithRun |= i == 0;
        addPiece(pieces, bytes, wildcards);
      } else if (utf8[i] == '_') {
        bytes.write(0);
        wildcards.write(1);
      } else {
        if (utf8[i] == '\\' && i + 1 < utf8.length) {
          i++;
        }
        bytes.write(utf8[i]);
        wildcards.write(0);
      }
    }
    addPiece(pieces, bytes, wildcards);
    return new LikePattern(!startsWithRun, !endsWithRun, pieces);
  }

  private static void addPiece(
      List<LikePiece> pieces, ByteArrayOutputStream bytes, ByteArrayOutputStream wildcards) {
    if (bytes.size() > 0) {
      pieces.add(new LikePiece(bytes.toByteArray(), wildcards.toByteArray()));
      bytes.reset();
      wildcards.reset();
    }
  }

  @Override
  public Utf8Shape shape() {
    byte[] prefix = anchoredAtStart && pieces.length > 0 ? pieces[0].leadingBytes() : new byte[0];
    boolean prefixDecides =
        anchoredAtStart
            && !anchoredAtEnd
            && pieces.length == 1
            && prefix.length == pieces[0].length();
    List<byte[]> literals = new ArrayList<>();
    for (LikePiece piece : pieces) {
      piece.addLiterals(literals);
    }
    boolean literalDecides =
        !anchoredAtStart
            && !anchoredAtEnd
            && pieces.length == 1
            && pieces[0].leadingBytes().length == pieces[0].length();
    return new Utf8Shape(prefix, prefixDecides, literals, literalDecides);
  }

  @Override
  public boolean matches(byte[] utf8, int offset, int length) {
    int position = offset;
    int end = offset + length;
    int first = 0;
    int last = pieces.length;
    if (last == 0) {
      return !anchoredAtStart || length == 0;
    }
    if (anchoredAtStart) {
      position = pieces[0].matchAt(utf8, position, end);
      if (position < 0) {
        return false;
      }
      first++;
      if (first == last) {
        return !anchoredAtEnd || position == end;
      }
    }
    if (anchoredAtEnd) {
      last--;
    }
    for (int i = first; i < last; i++) {
      position = pieces[i].find(utf8, position, end);
      if (position < 0) {
        return false;
      }
    }
    return !anchoredAtEnd || pieces[last].matchesEnd(utf8, position, end);
  }
}
