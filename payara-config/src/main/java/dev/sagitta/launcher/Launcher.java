package dev.sagitta.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Main class behind the shell script: one command, one line for each failure. */
public final class Launcher {
  private Launcher() {}

  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    System.exit(run(List.of(arguments), out, err));
  }

  static int run(List<String> arguments, PrintStream out, PrintStream err) {
    String command = arguments.getFirst();
    try {
      Options options = Options.parse(arguments.subList(1, arguments.size()));
      switch (command) {
        case "up" -> new UpCommand(options, out).run();
        case "down" -> new DownCommand(options, out).run();
        case "status" -> new StatusCommand(options, out).run();
        case "train" -> new TrainCommand(options, out).run();
        default -> throw new LauncherException("unknown command: " + command);
      }
      return 0;
    } catch (LauncherException e) {
      err.println("sagitta: " + e.getMessage());
      return 1;
    } catch (IOException e) {
      err.println(
          "sagitta: "
              + command
              + ": "
              + e.getMessage()
              + " ("
              + e.getClass().getSimpleName()
              + ")");
      return 1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      err.println("sagitta: " + command + ": interrupted");
      return 1;
    }
  }
}
