/** Starts the query side with the application and gives its services to whoever injects them. */
package dev.sagitta.query.bean;
