package dev.sagitta.engine.text;

import java.util.function.Supplier;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.cn.smart.HMMChineseTokenizer;
import org.apache.lucene.analysis.core.WhitespaceTokenizer;
import org.apache.lucene.analysis.ja.JapaneseTokenizer;
import org.apache.lucene.analysis.ko.KoreanTokenizer;
import org.apache.lucene.analysis.standard.StandardTokenizer;

/**
 * Tokenizers by Milvus's names. Where Milvus uses a library of another language, Lucene's tokenizer
 * for the same script stands in: its word boundaries may differ here and there.
 */
final class Tokenizers {
  private Tokenizers() {}

  static Supplier<Tokenizer> of(AnalyzerPart part) {
    return switch (part.type()) {
      case "standard" -> {
        part.requireOnly();
        yield StandardTokenizer::new;
      }
      case "icu" -> {
        part.requireOnly();
        // The rules of Unicode's annex 29, which ICU's word breaker follows too.
        yield StandardTokenizer::new;
      }
      case "whitespace" -> {
        part.requireOnly();
        yield WhitespaceTokenizer::new;
      }
      case "jieba" -> chinese(part);
      case "lindera" -> morphological(part);
      default -> throw TextAnalyzers.invalid("unknown tokenizer: type=" + part.type());
    };
  }

  private static Supplier<Tokenizer> chinese(AnalyzerPart part) {
    part.requireOnly("mode", "hmm");
    String mode = part.text("mode").orElse("search");
    if (!mode.equals("search") && !mode.equals("exact")) {
      throw TextAnalyzers.invalid(
          "mode of tokenizer jieba should be search or exact: mode=" + mode);
    }
    return HMMChineseTokenizer::new;
  }

  private static Supplier<Tokenizer> morphological(AnalyzerPart part) {
    part.requireOnly("dict_kind");
    String dictionary = part.requiredText("dict_kind");
    return switch (dictionary) {
      case "ipadic" -> () -> new JapaneseTokenizer(null, true, JapaneseTokenizer.Mode.NORMAL);
      case "ko-dic" -> KoreanTokenizer::new;
      case "cc-cedict" -> HMMChineseTokenizer::new;
      default ->
          throw TextAnalyzers.invalid(
              "dict_kind of tokenizer lindera should be ipadic, ko-dic or cc-cedict: dict_kind="
                  + dictionary);
    };
  }
}
