/** Tests of the models that rank. */
package dev.sagitta.proxy.rank.model;
