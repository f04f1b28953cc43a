package dev.sagitta.connector.objectstore.s3;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;

/** Builds the SDK's client; its retries are the only ones. */
final class S3Clients {
  private static final int CONFLICT = 409;

  private S3Clients() {}

  static S3Client create(S3Settings settings) {
    Apache5HttpClient.Builder http =
        Apache5HttpClient.builder()
            // With it, an answer of 412 leaves connections in which the body is half sent.
            .expectContinueEnabled(false)
            .maxConnections(settings.maximumConnections())
            .connectionTimeout(settings.attemptTimeout())
            .connectionAcquisitionTimeout(settings.requestTimeout())
            .socketTimeout(settings.attemptTimeout());
    var client =
        S3Client.builder()
            .httpClientBuilder(http)
            .region(Region.of(settings.region()))
            .forcePathStyle(settings.pathStyle())
            .credentialsProvider(credentialsOf(settings))
            // Many servers that speak S3 do not know the newer trailing checksums.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .overrideConfiguration(
                override ->
                    override
                        .apiCallTimeout(settings.requestTimeout())
                        .apiCallAttemptTimeout(settings.attemptTimeout())
                        .retryStrategy(retryStrategyOf(settings)));
    settings.endpoint().ifPresent(client::endpointOverride);
    return client.build();
  }

  private static StandardRetryStrategy retryStrategyOf(S3Settings settings) {
    return AwsRetryStrategy.standardRetryStrategy().toBuilder()
        .maxAttempts(settings.maximumAttempts())
        // Two conditional writes at once: S3 asks one of them to come again.
        .retryOnException(
            failure ->
                failure instanceof AwsServiceException refusal && refusal.statusCode() == CONFLICT)
        .build();
  }

  private static AwsCredentialsProvider credentialsOf(S3Settings settings) {
    return settings
        .credentials()
        .<AwsCredentialsProvider>map(
            keys ->
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(keys.accessKey(), keys.secretKey())))
        .orElseGet(() -> DefaultCredentialsProvider.builder().build());
  }
}
