/**
 * The only classes that use MicroProfile APIs: health beans and the mirror into the server's
 * metrics. Servers without these APIs (WildFly standalone-full) cannot load them, say so once in
 * their log and go on without; {@code /healthz} and {@code /management/metrics} answer there too.
 * Nothing else may refer to this package.
 */
package dev.sagitta.rest.microprofile;
