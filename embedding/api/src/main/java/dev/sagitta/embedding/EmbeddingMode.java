package dev.sagitta.embedding;

/** What a text is embedded for: some models want different prompts, and queries go first. */
public enum EmbeddingMode {
  INSERT,
  SEARCH
}
