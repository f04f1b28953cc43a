package dev.sagitta.engine.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sagitta.engine.error.SagittaException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TestTextAnalyzers {
  private static List<String> terms(String parameters, String text) {
    return TextAnalyzers.of(parameters).tokens(text).stream().map(Token::text).toList();
  }

  @Test
  void testBuiltInAnalyzers() {
    String text = "The Milvus vector database, built for scale!";
    assertThat(terms("", text))
        .containsExactly("the", "milvus", "vector", "database", "built", "for", "scale");
    assertThat(terms("{}", text)).isEqualTo(terms("", text));
    assertThat(terms("{\"type\": \"standard\", \"stop_words\": [\"for\", \"the\"]}", text))
        .containsExactly("milvus", "vector", "database", "built", "scale");
    assertThat(terms("{\"type\": \"english\"}", "The runners were running easily"))
        .containsExactly("runner", "were", "run", "easili");
    assertThat(terms("{\"type\": \"chinese\"}", "我们喜欢数据库。")).contains("我们", "喜欢", "数据库");
  }

  @Test
  void testOffsetsArePositionsInUtf8() {
    String text = "Müller läßt 数据 grüßen";
    byte[] utf8 = text.getBytes(UTF_8);
    List<Token> tokens = TextAnalyzers.of("{\"tokenizer\": \"whitespace\"}").tokens(text);
    assertThat(tokens).hasSize(4);
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      byte[] bytes = Arrays.copyOfRange(utf8, token.startOffset(), token.endOffset());
      assertThat(new String(bytes, UTF_8)).isEqualTo(token.text());
      assertThat(token.position()).isEqualTo(i);
    }
  }

  @Test
  void testRemovedTokensLeaveGaps() {
    List<Token> tokens =
        TextAnalyzers.of(
                "{\"tokenizer\": \"standard\", \"filter\": [{\"type\": \"stop\", \"stop_words\":"
                    + " [\"_english_\"]}]}")
            .tokens("king of the hill");
    assertThat(tokens.stream().map(Token::position)).containsExactly(0, 3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "lowercase" | Ab CD | ab cd
          "asciifolding" | café naïve | cafe naive
          "alphanumonly" | ab1 a-b ü c | ab1 c
          "cncharonly" | 数据 ab 库 | 数据 库
          "cnalphanumonly" | 数据a ü 12 | 数据a 12
          "removepunct" | ab ... c! | ab c!
          {"type": "length", "max": 3} | a abc abcd | a abc
          {"type": "stemmer", "language": "german"} | katzen laufen | katz lauf
          {"type": "stop", "stop_words": ["b", "_english_"]} | a b c the d | c d
          {"type": "regex", "expr": "^[a-c]+$"} | abc abd cab | abc cab
          {"type": "decompounder", "word_list": ["dampf", "schiff", "fahrt"]} | dampfschiff dampfer | dampf schiff dampfer
          """)
  void testFilters(String filter, String text, String expected) {
    String parameters = "{\"tokenizer\": \"whitespace\", \"filter\": [" + filter + "]}";
    assertThat(String.join(" ", terms(parameters, text))).isEqualTo(expected);
  }

  @Test
  void testOtherScripts() {
    assertThat(
            terms(
                "{\"tokenizer\": {\"type\": \"lindera\", \"dict_kind\": \"ipadic\"}}", "関西国際空港に行く"))
        .containsExactly("関西国際空港", "に", "行く");
    assertThat(
            terms(
                "{\"tokenizer\": {\"type\": \"lindera\", \"dict_kind\": \"ko-dic\"}}",
                "한국어를 공부합니다"))
        .contains("공부");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{",
        "{\"type\": \"klingon\"}",
        "{\"type\": \"standard\", \"stopwords\": []}",
        "{\"type\": \"standard\", \"stop_words\": \"a\"}",
        "{\"filter\": []}",
        "{\"tokenizer\": \"klingon\"}",
        "{\"tokenizer\": 1}",
        "{\"tokenizer\": \"standard\", \"filters\": []}",
        "{\"tokenizer\": \"standard\", \"filter\": \"lowercase\"}",
        "{\"tokenizer\": \"standard\", \"filter\": [\"klingon\"]}",
        "{\"tokenizer\": \"standard\", \"filter\": [\"stemmer\"]}",
        "{\"tokenizer\": \"standard\", \"filter\": [{\"type\": \"length\", \"max\": 0}]}",
        "{\"tokenizer\": \"standard\", \"filter\": [{\"type\": \"regex\", \"expr\": \"(\"}]}",
        "{\"tokenizer\": \"standard\", \"filter\": [{\"type\": \"stop\", \"stop_words\":"
            + " [\"_klingon_\"]}]}",
        "{\"tokenizer\": {\"type\": \"jieba\", \"mode\": \"fast\"}}",
        "{\"tokenizer\": {\"type\": \"lindera\"}}"
      })
  void testWrongParametersAreRefused(String parameters) {
    assertThatThrownBy(() -> TextAnalyzers.of(parameters))
        .isInstanceOf(SagittaException.class)
        .hasMessageEndingWith(": invalid parameter");
  }

  @Test
  void testTermFrequencies() {
    TermFrequencies counted =
        TextAnalyzers.of("").termFrequencies("to be or not to be, that is the question: To be!");
    assertThat(counted.termIds()).hasSize(8);
    for (int i = 1; i < counted.termIds().length; i++) {
      assertThat(Integer.compareUnsigned(counted.termIds()[i - 1], counted.termIds()[i]))
          .isNegative();
    }
    for (int i = 0; i < counted.termIds().length; i++) {
      int id = counted.termIds()[i];
      float expected = id == TermIds.of("to") || id == TermIds.of("be") ? 3 : 1;
      assertThat(counted.counts()[i]).isEqualTo(expected);
    }
    assertThat(TextAnalyzers.of("").termFrequencies("!!!").termIds()).isEmpty();
  }

  @Test
  void testTermIdsNeverChange() {
    // They are on disk: other numbers here would lose every stored text.
    assertThat(Integer.toUnsignedLong(TermIds.of("vector"))).isEqualTo(1_955_147_705L);
  }
}
