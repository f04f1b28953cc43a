package dev.sagitta.bench.side;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A child process that answers each line with one line. Its standard error goes to a file, which
 * error messages name.
 */
public final class LineProcess implements AutoCloseable {
  private static final System.Logger LOGGER = System.getLogger(LineProcess.class.getName());
  private static final Duration END = Duration.ofSeconds(5);
  private static final String ENDED = "";

  private final String name;
  private final Path log;
  private final Process process;
  private final Writer input;
  private final BlockingQueue<String> answers = new ArrayBlockingQueue<>(16);

  /**
   * Starts the process.
   *
   * @param name for messages
   * @param environment added to this process's environment
   * @param log file for its standard error
   */
  public LineProcess(String name, List<String> command, Map<String, String> environment, Path log)
      throws IOException {
    this.name = name;
    this.log = log;
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(Redirect.to(log.toFile()));
    builder.environment().putAll(environment);
    this.process = builder.start();
    this.input = process.outputWriter(UTF_8);
    Thread.ofPlatform().daemon().name("answers of " + name).start(this::collect);
  }

  /**
   * Sends a line and waits for the answer.
   *
   * @throws IOException if the process ends, or does not answer in time (it is then ended)
   */
  public String ask(String line, Duration timeout) throws IOException {
    try {
      input.write(line);
      input.write('\n');
      input.flush();
    } catch (IOException brokenPipe) {
      IOException failure = failure("ended early", line);
      failure.addSuppressed(brokenPipe);
      throw failure;
    }
    try {
      String answer = answers.poll(timeout.toNanos(), TimeUnit.NANOSECONDS);
      if (answer == null) {
        process.destroyForcibly();
        throw failure("did not answer in time: timeout=" + timeout, line);
      }
      if (answer.equals(ENDED)) {
        throw failure("ended early", line);
      }
      return answer;
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
      throw new IOException("interrupted while waiting: process=" + name, interruption);
    }
  }

  /** An exception that names the process and where to read more. */
  IOException failure(String problem, String line) {
    return new IOException(name + " " + problem + " command=" + line + " log=" + log);
  }

  long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    try {
      input.close();
    } catch (IOException brokenPipe) {
      LOGGER.log(System.Logger.Level.DEBUG, name + " ended by itself", brokenPipe);
    }
    try {
      if (!process.waitFor(END.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }

  private void collect() {
    try (BufferedReader output = process.inputReader(UTF_8)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        answers.put(line);
      }
    } catch (IOException unreadable) {
      LOGGER.log(System.Logger.Level.DEBUG, "output of " + name + " cannot be read", unreadable);
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
    }
    answers.offer(ENDED);
  }
}
