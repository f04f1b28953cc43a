package dev.sagitta.embedding.onnx;

import java.text.Normalizer;
import java.util.function.Consumer;

/**
 * Splits text into words as uncased BERT models expect: control characters vanish, letters become
 * lower case without accents, punctuation and each Chinese character are words of their own.
 *
 * <p>Source: the BasicTokenizer of Devlin et al., "BERT: Pre-training of Deep Bidirectional
 * Transformers", 2018, as BertNormalizer and BertPreTokenizer of Hugging Face's tokenizers define
 * it.
 */
final class BertNormalizer {
  private BertNormalizer() {}

  /** Calls {@code words} with each word in order. */
  static void split(String text, Consumer<String> words) {
    // Accents of Latin-1 and others become letter and mark, and the mark is dropped below.
    String decomposed = Normalizer.normalize(text, Normalizer.Form.NFD);
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < decomposed.length(); ) {
      int character = decomposed.codePointAt(i);
      i += Character.charCount(character);
      if (isWhitespace(character)) {
        end(word, words);
      } else if (isChinese(character) || isPunctuation(character)) {
        end(word, words);
        words.accept(Character.toString(character));
      } else if (!isDropped(character)) {
        word.appendCodePoint(Character.toLowerCase(character));
      }
    }
    end(word, words);
  }

  private static void end(StringBuilder word, Consumer<String> words) {
    if (!word.isEmpty()) {
      words.accept(word.toString());
      word.setLength(0);
    }
  }

  private static boolean isWhitespace(int character) {
    return switch (character) {
      case '\t', '\n', '\r' -> true;
      default ->
          switch (Character.getType(character)) {
            case Character.SPACE_SEPARATOR,
                Character.LINE_SEPARATOR,
                Character.PARAGRAPH_SEPARATOR ->
                true;
            default -> false;
          };
    };
  }

  private static boolean isDropped(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.UNASSIGNED,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.NON_SPACING_MARK ->
          true;
      default -> character == 0xFFFD;
    };
  }

  private static boolean isPunctuation(int character) {
    if (character < 0x80) {
      return character > ' ' && character < 0x7F && !isAsciiLetterOrDigit(character);
    }
    return switch (Character.getType(character)) {
      case Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION ->
          true;
      default -> false;
    };
  }

  private static boolean isAsciiLetterOrDigit(int character) {
    return (character >= '0' && character <= '9')
        || (character >= 'A' && character <= 'Z')
        || (character >= 'a' && character <= 'z');
  }

  /** The blocks of Chinese characters: words in these languages are not separated by spaces. */
  private static boolean isChinese(int character) {
    return (character >= 0x4E00 && character <= 0x9FFF)
        || (character >= 0x3400 && character <= 0x4DBF)
        || (character >= 0x20000 && character <= 0x2A6DF)
        || (character >= 0x2A700 && character <= 0x2B73F)
        || (character >= 0x2B740 && character <= 0x2B81F)
        || (character >= 0x2B920 && character <= 0x2CEAF)
        || (character >= 0xF900 && character <= 0xFAFF)
        || (character >= 0x2F800 && character <= 0x2FA1F);
  }
}
