/** The object store in an S3 bucket. */
package dev.sagitta.connector.objectstore.s3;
