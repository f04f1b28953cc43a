package dev.sagitta.engine.text;

import java.util.function.Predicate;
import org.apache.lucene.analysis.FilteringTokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/** Keeps the tokens that pass a test. */
final class SelectingFilter extends FilteringTokenFilter {
  private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
  private final Predicate<CharSequence> test;

  SelectingFilter(TokenStream input, Predicate<CharSequence> test) {
    super(input);
    this.test = test;
  }

  @Override
  protected boolean accept() {
    return test.test(term);
  }
}
