package dev.sagitta.engine.text;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.miscellaneous.LengthFilter;
import org.apache.lucene.analysis.snowball.SnowballFilter;

/** Token filters by Milvus's names. */
final class TokenFilters {
  /** Languages of Milvus's stemmer and the names of Snowball's. */
  private static final Map<String, String> SNOWBALL =
      Map.ofEntries(
          Map.entry("arabic", "Arabic"),
          Map.entry("danish", "Danish"),
          Map.entry("dutch", "Dutch"),
          Map.entry("english", "English"),
          Map.entry("finnish", "Finnish"),
          Map.entry("french", "French"),
          Map.entry("german", "German"),
          Map.entry("greek", "Greek"),
          Map.entry("hungarian", "Hungarian"),
          Map.entry("italian", "Italian"),
          Map.entry("norwegian", "Norwegian"),
          Map.entry("portuguese", "Portuguese"),
          Map.entry("romanian", "Romanian"),
          Map.entry("russian", "Russian"),
          Map.entry("spanish", "Spanish"),
          Map.entry("swedish", "Swedish"),
          Map.entry("tamil", "Tamil"),
          Map.entry("turkish", "Turkish"));

  private TokenFilters() {}

  static UnaryOperator<TokenStream> of(AnalyzerPart part) {
    return switch (part.type()) {
      case "stop" -> {
        part.requireOnly("stop_words");
        yield stop(part.requiredTexts("stop_words"));
      }
      case "stemmer" -> {
        part.requireOnly("language");
        yield stemmer(part.requiredText("language"));
      }
      case "length" -> {
        part.requireOnly("max");
        int maximum = part.requiredPositive("max");
        yield stream -> new LengthFilter(stream, 1, maximum);
      }
      case "decompounder" -> {
        part.requireOnly("word_list");
        Set<String> words = Set.copyOf(part.requiredTexts("word_list"));
        yield stream -> new DecompoundingFilter(stream, words);
      }
      case "regex" -> {
        part.requireOnly("expr");
        Pattern pattern = pattern(part.requiredText("expr"));
        yield stream -> new SelectingFilter(stream, token -> pattern.matcher(token).find());
      }
      default -> {
        part.requireOnly();
        yield named(part.type());
      }
    };
  }

  /** A filter without parameters. */
  static UnaryOperator<TokenStream> named(String type) {
    return switch (type) {
      case "lowercase" -> LowerCaseFilter::new;
      case "asciifolding" -> ASCIIFoldingFilter::new;
      case "alphanumonly" ->
          stream -> new SelectingFilter(stream, token -> all(token, TokenFilters::isAsciiWord));
      case "cnalphanumonly" ->
          stream ->
              new SelectingFilter(
                  stream, token -> all(token, point -> isAsciiWord(point) || isHan(point)));
      case "cncharonly" ->
          stream -> new SelectingFilter(stream, token -> all(token, TokenFilters::isHan));
      case "removepunct" ->
          stream ->
              new SelectingFilter(
                  stream, token -> token.codePoints().anyMatch(Character::isLetterOrDigit));
      default -> throw TextAnalyzers.invalid("unknown filter: type=" + type);
    };
  }

  /** Leaves the words out; {@code _english_} stands for the usual English ones. */
  static UnaryOperator<TokenStream> stop(List<String> words) {
    List<Object> all = new ArrayList<>();
    for (String word : words) {
      if (word.equals("_english_")) {
        all.addAll(EnglishAnalyzer.ENGLISH_STOP_WORDS_SET);
      } else if (word.length() > 2 && word.startsWith("_") && word.endsWith("_")) {
        throw TextAnalyzers.invalid("unknown list of stop words: stop_words=" + word);
      } else {
        all.add(word);
      }
    }
    CharArraySet set = CharArraySet.unmodifiableSet(new CharArraySet(all, false));
    return stream -> new StopFilter(stream, set);
  }

  static UnaryOperator<TokenStream> stemmer(String language) {
    String snowball = SNOWBALL.get(language.toLowerCase(Locale.ROOT));
    if (snowball == null) {
      throw TextAnalyzers.invalid(
          "unknown language of the stemmer: language="
              + language
              + " known="
              + new TreeSet<>(SNOWBALL.keySet()));
    }
    return stream -> new SnowballFilter(stream, snowball);
  }

  private static Pattern pattern(String expression) {
    try {
      return Pattern.compile(expression);
    } catch (PatternSyntaxException e) {
      throw TextAnalyzers.invalid(
          "invalid regular expression of the filter: expr="
              + expression
              + " reason="
              + e.getDescription());
    }
  }

  private static boolean all(CharSequence token, IntPredicate test) {
    return token.codePoints().allMatch(test);
  }

  private static boolean isAsciiWord(int point) {
    return (point >= '0' && point <= '9')
        || (point >= 'a' && point <= 'z')
        || (point >= 'A' && point <= 'Z');
  }

  private static boolean isHan(int point) {
    return UnicodeScript.of(point) == UnicodeScript.HAN;
  }
}
