/** The description of the REST API for programs: an OpenAPI document, kept by hand beside this. */
package dev.sagitta.rest.openapi;
