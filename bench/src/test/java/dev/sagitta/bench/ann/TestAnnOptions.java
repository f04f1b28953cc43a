package dev.sagitta.bench.ann;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TestAnnOptions {
  @Test
  void testOptionsAndData() {
    AnnOptions options =
        AnnOptions.parse(
            "--sides",
            "hnswlib,HNSW",
            "--parts",
            "scan,filter",
            "--huge-pages",
            "off",
            "--check",
            "--pictures",
            "docs",
            "fashion-mnist",
            "/data/words");
    assertThat(options.sides()).containsExactly("hnswlib", "HNSW");
    assertThat(options.parts())
        .containsExactlyInAnyOrder(AnnOptions.Part.SCAN, AnnOptions.Part.FILTER);
    assertThat(options.hugePages()).isEqualTo(HugePages.OFF);
    assertThat(options.check()).isTrue();
    assertThat(options.pictures()).contains(Path.of("docs"));
    assertThat(options.data()).containsExactly("fashion-mnist", "/data/words");
    assertThat(options.rowsMax()).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void testWhatIsWrongIsNamed() {
    assertThatThrownBy(() -> AnnOptions.parse("--fast", "words")).hasMessageContaining("--fast");
    assertThatThrownBy(() -> AnnOptions.parse("words", "--rows")).hasMessageContaining("--rows");
    assertThatThrownBy(() -> AnnOptions.parse("words", "--rows", "0")).hasMessageContaining("0");
    assertThatThrownBy(() -> AnnOptions.parse("words", "--parts", "speed"))
        .hasMessageContaining("SPEED");
    assertThatThrownBy(() -> AnnOptions.parse("--quick")).hasMessageContaining("no data set");
  }
}
