//! A store that speaks S3: which one, and how long it is waited for.

use std::sync::Arc;
use std::time::Duration;

use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::client::{HttpClient, HttpConnector};
use object_store::{ClientOptions, RetryConfig};

use super::store::{FileError, Files};

/// A request that takes longer has failed: somebody waits for the page.
const SLOWEST: Duration = Duration::from_secs(60);

/// Nothing is tried again after this long.
const PATIENCE: Duration = Duration::from_secs(5);

/// Where the store is and who we are there.
#[derive(Debug)]
pub struct Bucket<'a> {
    /// Scheme and host; `None`: the one of Amazon in the region.
    pub endpoint: Option<&'a str>,
    /// The bucket.
    pub name: &'a str,
    /// The region.
    pub region: &'a str,
    /// The access key.
    pub key_id: &'a str,
    /// Whether the store is asked without encryption.
    pub in_the_clear: bool,
}

/// Asks the store and nobody else: an answer that leads elsewhere is an error (ASVS 15.3.2).
#[derive(Debug)]
struct Direct {
    in_the_clear: bool,
}

impl HttpConnector for Direct {
    fn connect(&self, _: &ClientOptions) -> object_store::Result<HttpClient> {
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .https_only(!self.in_the_clear)
            .http1_only()
            .timeout(SLOWEST)
            .connect_timeout(PATIENCE)
            .build();
        let client = client.map_err(|error| object_store::Error::Generic { store: "S3", source: Box::new(error) })?;
        Ok(HttpClient::new(client))
    }
}

impl Files {
    /// Files in an S3 bucket; `secret` belongs to the access key. Nothing is asked of the store yet.
    pub fn in_bucket(bucket: &Bucket, secret: &str) -> Result<Self, FileError> {
        Ok(Self::in_store(Arc::new(open(bucket, secret)?)))
    }
}

fn open(bucket: &Bucket, secret: &str) -> Result<AmazonS3, object_store::Error> {
    // One TLS library for everything. It may be set by whoever was here before: then it is the same one.
    let _already_set = rustls::crypto::ring::default_provider().install_default();
    let client = ClientOptions::new().with_allow_http(bucket.in_the_clear);
    let retries = RetryConfig { max_retries: 2, retry_timeout: PATIENCE, ..RetryConfig::default() };
    let mut builder = AmazonS3Builder::new()
        .with_client_options(client)
        .with_http_connector(Direct { in_the_clear: bucket.in_the_clear })
        .with_retry(retries)
        .with_bucket_name(bucket.name)
        .with_region(bucket.region)
        .with_access_key_id(bucket.key_id)
        .with_secret_access_key(secret)
        // Not every store that speaks S3 can delete many at once.
        .with_disable_bulk_delete(true);
    if let Some(endpoint) = bucket.endpoint {
        builder = builder.with_endpoint(endpoint.trim_end_matches('/'));
    }
    builder.build()
}
