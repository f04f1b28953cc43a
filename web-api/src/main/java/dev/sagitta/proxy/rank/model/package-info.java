/** Models that judge how well texts answer a query, on services over HTTP. */
package dev.sagitta.proxy.rank.model;
