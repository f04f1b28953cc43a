/** A database of a few lines, for tests of the proxy. */
package dev.sagitta.proxy.fakes;
