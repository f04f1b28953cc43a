package dev.sagitta.bench.ann;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Transparent huge pages, the same for every side. {@link #ON} asks for them wherever a side takes
 * memory: glibc's malloc and the JVM's heap. {@link #OFF} forbids them to the whole process, also
 * to libraries that ask the kernel themselves. Either needs the kernel's mode to be "madvise" or
 * "always".
 */
enum HugePages {
  ON,
  OFF;

  private static final Path MODE = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");

  Map<String, String> environment() {
    return this == ON ? Map.of("GLIBC_TUNABLES", "glibc.malloc.hugetlb=1") : Map.of();
  }

  List<String> jvmOptions() {
    return this == ON ? List.of("-XX:+UseTransparentHugePages") : List.of();
  }

  /** The setting in words, with the kernel's mode. */
  String describe() throws IOException {
    String mode = Files.isReadable(MODE) ? Files.readString(MODE).strip() : "unknown";
    return (this == ON
            ? "on for all sides (GLIBC_TUNABLES=glibc.malloc.hugetlb=1, -XX:+UseTransparentHugePages)"
            : "off for all sides (PR_SET_THP_DISABLE)")
        + ", kernel: "
        + mode;
  }
}
