//! TLS in the portal itself: a certificate with its key in PEM files, read anew when they change.

use std::io;
use std::os::unix::fs::MetadataExt as _;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use rustls::{ServerConfig, SignatureAlgorithm};

use crate::config::Tls;

/// The fewest bytes of a public RSA key of 3072 bits, its number and what is around it: shorter ones have fewer than 128 bits
/// of strength (ASVS 11.2.3).
const RSA_3072: usize = 3072 / 8 + 30;

/// By what it is seen that a file is another one: its number, its size, when it was written.
type Seen = [(u64, u64, i64, i64); 2];

/// The certificate that visitors are shown.
#[derive(Debug)]
struct Certificate {
    files: [PathBuf; 2],
    provider: Arc<CryptoProvider>,
    held: Mutex<(Seen, Arc<CertifiedKey>)>,
}

impl ResolvesServerCert for Certificate {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        // Two looks at the disk cost little beside a handshake.
        if let Ok(seen) = look(&self.files)
            && seen != held.0
        {
            // Half of a pair is written before the other: until both fit, the old pair is good.
            match read(&self.files, &self.provider) {
                Ok(fresh) => {
                    tracing::info!("the certificate was read anew");
                    held.1 = fresh;
                }
                Err(error) => tracing::error!(error, "the new certificate can't be used: the old one is kept"),
            }
            held.0 = seen;
        }
        Some(Arc::clone(&held.1))
    }
}

fn look(files: &[PathBuf; 2]) -> io::Result<Seen> {
    let [certificate, key] = files;
    let one = |file: &PathBuf| -> io::Result<(u64, u64, i64, i64)> {
        let it = std::fs::metadata(file)?;
        Ok((it.ino(), it.size(), it.mtime(), it.mtime_nsec()))
    };
    Ok([one(certificate)?, one(key)?])
}

fn read([certificate, key]: &[PathBuf; 2], provider: &CryptoProvider) -> Result<Arc<CertifiedKey>, String> {
    let wrong = |file: &PathBuf, error: String| format!("{}: {error}", file.display());
    let chain = CertificateDer::pem_file_iter(certificate).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let chain = chain.map_err(|error| wrong(certificate, error.to_string()))?;
    if chain.is_empty() {
        return Err(wrong(certificate, "holds no certificate".into()));
    }
    let secret = PrivateKeyDer::from_pem_file(key).map_err(|error| wrong(key, error.to_string()))?;
    let pair = CertifiedKey::from_der(chain, secret, provider);
    let pair = pair.map_err(|error| wrong(key, format!("does not fit the certificate: {error}")))?;
    let public = pair.key.public_key();
    if pair.key.algorithm() == SignatureAlgorithm::RSA && public.is_none_or(|public| public.len() < RSA_3072) {
        return Err(wrong(
            key,
            "is an RSA key of fewer than 3072 bits: take one of ECDSA P-256, or a longer one".into(),
        ));
    }
    Ok(Arc::new(pair))
}

/// What connections are answered with: TLS 1.2 and 1.3 by ring, and the certificate as it is at each handshake.
pub fn server_config(settings: &Tls) -> Result<ServerConfig, String> {
    let files = [settings.certificate.clone(), settings.key.clone()];
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let seen = look(&files)
        .map_err(|error| format!("server.tls: {} or {}: {error}", files[0].display(), files[1].display()))?;
    let held = read(&files, &provider).map_err(|error| format!("server.tls: {error}"))?;
    let certificate = Certificate { files, provider: Arc::clone(&provider), held: Mutex::new((seen, held)) };
    let versions = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let versions = versions.map_err(|error| error.to_string())?;
    let mut config = versions.with_no_client_auth().with_cert_resolver(Arc::new(certificate));
    // ASVS 12.1.2: the order of suites is ours, keys of 256 bits first.
    config.ignore_client_order = true;
    Ok(config)
}
