package dev.sagitta.bench.ann;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Compiles the C++ programs of the benchmark for this processor, once for each change of them. */
final class Drivers {
  private static final int COMPILE_MINUTES_MAX = 5;

  private final Path sources;
  private final Path target;

  /**
   * @param sources folder of the .cpp files
   * @param target folder for programs
   */
  Drivers(Path sources, Path target) {
    this.sources = sources;
    this.target = target;
  }

  /**
   * The compiled program.
   *
   * @param name of the source file, without .cpp
   * @param packages Debian packages that compiling needs, for the message if it fails
   * @param libraries options for the linker
   */
  Path program(String name, String packages, String... libraries) throws IOException {
    Path source = sources.resolve(name + ".cpp");
    Path program = target.resolve(name);
    if (!isFresh(program)) {
      Path log = target.resolve(name + ".log");
      List<String> command =
          new ArrayList<>(List.of("g++", "-std=c++17", "-O3", "-march=native", "-fopenmp", "-o"));
      command.add(program.toString());
      command.add(source.toString());
      command.addAll(List.of(libraries));
      if (!succeeds(command, log)) {
        throw new IOException(
            "cannot compile "
                + source.getFileName()
                + ": are Debian's packages g++ "
                + packages
                + " installed? log="
                + log);
      }
    }
    return program;
  }

  private boolean isFresh(Path program) throws IOException {
    if (!Files.exists(program)) {
      return false;
    }
    try (var files = Files.list(sources)) {
      for (Path source : files.toList()) {
        if (Files.getLastModifiedTime(source).compareTo(Files.getLastModifiedTime(program)) > 0) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean succeeds(List<String> command, Path log) throws IOException {
    try {
      Process compiler =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(Redirect.to(log.toFile()))
              .start();
      if (!compiler.waitFor(COMPILE_MINUTES_MAX, TimeUnit.MINUTES)) {
        compiler.destroyForcibly();
        return false;
      }
      return compiler.exitValue() == 0;
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while compiling", interruption);
    } catch (IOException noCompiler) {
      Files.writeString(log, noCompiler + System.lineSeparator());
      return false;
    }
  }
}
