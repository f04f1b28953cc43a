package dev.sagitta.rest.highlight;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.error.SagittaException;
import java.util.List;

/**
 * How matched words are shown.
 *
 * @param preTags put before the words; the tags are used in turn
 * @param postTags put behind the words
 * @param fragmentOffset characters shown before a fragment's first matched word
 * @param fragmentSize characters of a fragment, without tags
 * @param fragmentCount most fragments of a text
 */
public record HighlightOptions(
    List<String> preTags,
    List<String> postTags,
    int fragmentOffset,
    int fragmentSize,
    int fragmentCount) {
  public HighlightOptions {
    preTags = List.copyOf(requireNonNull(preTags, "preTags is null"));
    postTags = List.copyOf(requireNonNull(postTags, "postTags is null"));
    if (preTags.isEmpty() || preTags.size() != postTags.size()) {
      throw SagittaException.invalidParameter(
          "pre_tags and post_tags must be as many, at least one: pre_tags="
              + preTags
              + " post_tags="
              + postTags);
    }
    requireAtLeast("fragment_offset", fragmentOffset, 0);
    requireAtLeast("fragment_size", fragmentSize, 1);
    requireAtLeast("num_of_fragments", fragmentCount, 0);
  }

  private static void requireAtLeast(String name, int value, int minimum) {
    if (value < minimum) {
      throw SagittaException.invalidParameter(
          "highlighter." + name + " must be at least " + minimum + ": value=" + value);
    }
  }
}
