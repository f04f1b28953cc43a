package dev.sagitta.launcher;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * Payara Micro unpacked. A root remembers what was deployed into it, so each start gets a fresh
 * working copy of the few small files. The class path stays in the one place where the start-up
 * cache was recorded, because the cache is valid for exactly those files only; what Payara's own
 * launcher derives from the place of its jar is therefore said explicitly.
 */
final class PayaraMicroRoot {
  private static final String LIBRARIES = "runtime";
  private static final String LAUNCHER = "launch-micro.jar";

  private PayaraMicroRoot() {}

  /** Unpacks Payara Micro once beside the distribution and gives the folder. */
  static Path unpacked(Options options, JavaRuntime java) throws IOException, InterruptedException {
    Path root = options.distribution().resolveSibling("payara-micro-root");
    Path archive = options.distribution().resolve("payara-micro.jar");
    if (!Files.exists(archive)) {
      throw new LauncherException("not built: " + archive + " is missing (run `sagitta up`)");
    }
    if (Files.exists(root.resolve(LAUNCHER))
        && Files.getLastModifiedTime(root.resolve(LAUNCHER))
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
    if (process.waitFor() != 0 || !Files.exists(root.resolve(LAUNCHER))) {
      deleteTree(root);
      throw new LauncherException("could not unpack " + archive + " to " + root);
    }
    return root;
  }

  /**
   * The last JVM arguments, main class included, and the first of Payara Micro's.
   *
   * @param root unpacked folder whose classes are used
   * @param workingCopy folder that the server writes to
   */
  static List<String> launchArguments(Path root, Path workingCopy) throws IOException {
    Path launcher = root.resolve(LAUNCHER);
    List<String> arguments = new ArrayList<>();
    try (JarFile jar = new JarFile(launcher.toFile())) {
      Attributes manifest = jar.getManifest().getMainAttributes();
      addModuleOptions(arguments, "--add-opens", manifest.getValue("Add-Opens"));
      addModuleOptions(arguments, "--add-exports", manifest.getValue("Add-Exports"));
      arguments.add("-Dfish.payara.micro.BootJar=" + launcher.toUri());
      arguments.add("-Dfish.payara.micro.UnpackDir=" + workingCopy);
      arguments.add("-cp");
      arguments.add(launcher.toString());
      arguments.add(manifest.getValue("Start-Class"));
    }
    arguments.add("--rootdir");
    arguments.add(workingCopy.toString());
    return arguments;
  }

  private static void addModuleOptions(List<String> arguments, String option, String packages) {
    for (String name : packages.trim().split("\\s+")) {
      arguments.add(option);
      arguments.add(name + "=ALL-UNNAMED");
    }
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
