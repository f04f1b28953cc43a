package dev.sagitta.launcher;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;

/**
 * Payara Micro unpacked. A root remembers what was deployed into it, so each start gets a fresh
 * working copy of the few small files; the libraries are linked, with their file times, because the
 * start-up cache is valid only for exactly those.
 */
final class PayaraMicroRoot {
  private static final String LIBRARIES = "runtime";

  private PayaraMicroRoot() {}

  /** Unpacks Payara Micro once beside the distribution and gives the folder. */
  static Path unpacked(Options options, JavaRuntime java) throws IOException, InterruptedException {
    Path root = options.distribution().resolveSibling("payara-micro-root");
    Path archive = options.distribution().resolve("payara-micro.jar");
    if (!Files.exists(archive)) {
      throw new LauncherException("not built: " + archive + " is missing (run `sagitta up`)");
    }
    if (Files.exists(root.resolve("launch-micro.jar"))
        && Files.getLastModifiedTime(root.resolve("launch-micro.jar"))
                .compareTo(Files.getLastModifiedTime(archive))
            >= 0) {
      return root;
    }
    deleteTree(root);
    Process process =
        new ProcessBuilder(
                java.executable().toString(),
                "-jar",
                archive.toString(),
                "--rootDir",
                root.toString(),
                "--outputlauncher")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (process.waitFor() != 0 || !Files.exists(root.resolve("launch-micro.jar"))) {
      deleteTree(root);
      throw new LauncherException("could not unpack " + archive + " to " + root);
    }
    return root;
  }

  /** Makes a fresh working copy of {@code root} at {@code target}. */
  static void copy(Path root, Path target) throws IOException {
    deleteTree(target);
    Files.createDirectories(target);
    try (Stream<Path> children = Files.list(root)) {
      for (Path child : children.toList()) {
        Path copy = target.resolve(child.getFileName());
        if (child.getFileName().toString().equals(LIBRARIES)) {
          Files.createSymbolicLink(copy, child);
        } else {
          copyTree(child, copy);
        }
      }
    }
  }

  private static void copyTree(Path source, Path target) throws IOException {
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(source)) {
      paths = walk.toList();
    }
    for (Path path : paths) {
      Path copy = target.resolve(source.relativize(path).toString());
      if (Files.isDirectory(path)) {
        Files.createDirectories(copy);
      } else {
        Files.copy(path, copy, StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  static void deleteTree(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
