/**
 * Index libraries under measurement ("sides"), each in a process of its own that speaks a line
 * protocol, so that all get the same treatment whatever they are written in, and rounds of several
 * can be taken in turns.
 *
 * <p>Commands come on standard input, one line each; every command is answered by one line:
 *
 * <ul>
 *   <li>{@code load BASE QUERIES METRIC ROWS}: reads two .fvecs files, at most ROWS rows of the
 *       first, and scales vectors to unit length if METRIC is COSINE (not L2). Answer: {@code
 *       loaded}.
 *   <li>{@code build NAME=VALUE...}: builds the index. Answer: {@code built WALL CPU BYTES}, with
 *       nanoseconds by the clock, nanoseconds of processor time of the whole process, and the bytes
 *       that searches need in memory, raw vectors included.
 *   <li>{@code filter FILE} or {@code filter none}: following searches may only return the rows
 *       whose bits are set in the file (little-endian, row 0 is the lowest bit of the first byte).
 *       Answer: {@code filtered}. Not every side knows it.
 *   <li>{@code search FROM TO NAME=VALUE...}: answers the queries FROM to TO - 1, one after another
 *       on one thread. Answer: {@code searched WALL CPU P50 P99 HEAP ROW...}: nanoseconds of all
 *       searches by the clock and by the searching thread's processor time, nanoseconds of the
 *       median and of the 99th percentile of single searches, bytes that the searching thread left
 *       on the heap (-1 where nothing counts them), and ten row numbers per query, best first, -1
 *       where there is none.
 * </ul>
 *
 * <p>A command that fails is answered {@code failed MESSAGE}. The process ends with its input. What
 * libraries print goes to standard error.
 */
package dev.sagitta.bench.side;
