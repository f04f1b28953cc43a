/** Black-box tests: real servers, started by the launcher, and a plain HTTP client. */
package dev.sagitta.it;
