/** Message-driven workers: they apply the log, flush segments and build indexes. */
package dev.sagitta.worker;
