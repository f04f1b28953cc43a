/**
 * Starts and stops a node on Payara Micro: what the shell script {@code sagitta} leaves to Java
 * because it must be exact, such as checks, waiting and clear errors.
 */
package dev.sagitta.launcher;
