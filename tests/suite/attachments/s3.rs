//! A store that speaks enough of S3 for attachments: objects in memory, signed requests only, by paths.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use norm_portal::config::{Config, FileStore};
use norm_portal::files::{Bucket, Files};
use norm_portal::ids::AttachmentId;
use sha2::{Digest as _, Sha256};

use crate::harness::server::secret;

/// The access key that it knows.
const KEY: &str = "KEYOFATEST";

/// The bucket that it has.
const BUCKET: &str = "norm-portal";

/// A running store. It ends with the process.
#[derive(Clone)]
pub struct Store {
    address: SocketAddr,
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    objects: Mutex<BTreeMap<String, Vec<u8>>>,
    refused: Mutex<Vec<String>>,
    is_down: AtomicBool,
    /// Where it leads instead of answering.
    elsewhere: Mutex<Option<SocketAddr>>,
    asked: AtomicUsize,
}

struct Request {
    method: String,
    path: String,
    headers: BTreeMap<String, String>,
    body: Vec<u8>,
}

impl Store {
    /// Starts one on a free port.
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let shared = Arc::new(Shared::default());
        let served = Arc::clone(&shared);
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let shared = Arc::clone(&served);
                // Whoever hangs up in the middle ends the conversation, not the store.
                std::thread::spawn(move || drop(shared.converse(&stream)));
            }
        });
        Self { address, shared }
    }

    /// The settings that lead a portal to it.
    pub fn settings(&self, config: &mut Config) {
        config.files.store = FileStore::S3;
        config.files.s3_endpoint = Some(format!("http://{}", self.address));
        config.files.s3_bucket = Some(BUCKET.to_owned());
        config.files.s3_key_id = Some(KEY.to_owned());
        config.files.s3_secret = Some(secret("secret of a test"));
        config.files.s3_allow_http = true;
    }

    /// What it holds.
    pub fn objects(&self) -> Vec<Vec<u8>> {
        self.shared.objects.lock().unwrap().values().cloned().collect()
    }

    /// From now on it answers that it can't.
    pub fn go_down(&self) {
        self.shared.is_down.store(true, Ordering::SeqCst);
    }

    /// From now on it leads to `other`.
    pub fn lead_to(&self, other: &Self) {
        *self.shared.elsewhere.lock().unwrap() = Some(other.address);
    }

    /// How often it was asked for anything.
    pub fn asked(&self) -> usize {
        self.shared.asked.load(Ordering::SeqCst)
    }

    /// Requests that no S3 would have answered.
    pub fn refused(&self) -> Vec<String> {
        self.shared.refused.lock().unwrap().clone()
    }
}

impl Shared {
    fn converse(&self, stream: &TcpStream) -> std::io::Result<()> {
        let mut reader = BufReader::new(stream);
        let mut writer = stream;
        while let Some(request) = Request::read(&mut reader)? {
            self.asked.fetch_add(1, Ordering::SeqCst);
            let elsewhere = *self.elsewhere.lock().unwrap();
            let (status, body) = match elsewhere {
                Some(_) => ("307 Temporary Redirect", Vec::new()),
                None => self.answer(&request),
            };
            let length = body.len();
            let location = elsewhere.map(|other| format!("location: http://{other}{}\r\n", request.path));
            let location = location.unwrap_or_default();
            let head = format!(
                "HTTP/1.1 {status}\r\n{location}content-length: {length}\r\netag: \"x\"\r\n\
                 last-modified: Thu, 20 Sep 2018 14:00:00 GMT\r\n\r\n"
            );
            writer.write_all(head.as_bytes())?;
            if request.method != "HEAD" {
                writer.write_all(&body)?;
            }
        }
        Ok(())
    }

    fn answer(&self, request: &Request) -> (&'static str, Vec<u8>) {
        if let Some(fault) = request.fault() {
            self.refused.lock().unwrap().push(format!("{} {}: {fault}", request.method, request.path));
            return ("403 Forbidden", Vec::new());
        }
        if self.is_down.load(Ordering::SeqCst) {
            return ("503 Service Unavailable", Vec::new());
        }
        let mut objects = self.objects.lock().unwrap();
        match request.method.as_str() {
            "PUT" => {
                objects.insert(request.path.clone(), request.body.clone());
                ("200 OK", Vec::new())
            }
            "DELETE" => {
                objects.remove(&request.path);
                ("204 No Content", Vec::new())
            }
            "GET" | "HEAD" => match objects.get(&request.path) {
                Some(bytes) => ("200 OK", bytes.clone()),
                None => ("404 Not Found", Vec::new()),
            },
            _ => ("405 Method Not Allowed", Vec::new()),
        }
    }
}

impl Request {
    fn read(reader: &mut BufReader<&TcpStream>) -> std::io::Result<Option<Self>> {
        let mut lines = Vec::new();
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line)? == 0 {
                return Ok(None);
            }
            if line.trim().is_empty() {
                break;
            }
            lines.push(line.trim().to_owned());
        }
        let mut first = lines[0].split(' ');
        let (method, path) = (first.next().unwrap().to_owned(), first.next().unwrap().to_owned());
        let header = |line: &String| {
            let (name, value) = line.split_once(':').unwrap();
            (name.to_lowercase(), value.trim().to_owned())
        };
        let headers: BTreeMap<String, String> = lines[1..].iter().map(header).collect();
        let length = headers.get("content-length").map_or(0, |length| length.parse().unwrap());
        let mut body = vec![0; length];
        reader.read_exact(&mut body)?;
        Ok(Some(Self { method, path, headers, body }))
    }

    /// What S3 would refuse it for.
    fn fault(&self) -> Option<&'static str> {
        let header = |name: &str| self.headers.get(name).map(String::as_str).unwrap_or_default();
        let signed = header("authorization");
        let digest = header("x-amz-content-sha256");
        if !signed.starts_with(&format!("AWS4-HMAC-SHA256 Credential={KEY}/")) || !signed.contains("Signature=") {
            return Some("not signed");
        }
        if digest != "UNSIGNED-PAYLOAD" && digest != hex::encode(Sha256::digest(&self.body)) {
            return Some("another body than was signed");
        }
        (!self.path.starts_with(&format!("/{BUCKET}/"))).then_some("another bucket")
    }
}

/// Something that speaks TLS under an authority that nobody knows: where it is, how often it was called, and how often
/// whoever called went on.
fn foreign() -> (SocketAddr, Arc<[AtomicUsize; 2]>) {
    let key = rcgen::KeyPair::generate().unwrap();
    let certificate = rcgen::CertificateParams::new(vec!["127.0.0.1".to_owned()]).unwrap().self_signed(&key).unwrap();
    let secret = rustls::pki_types::PrivatePkcs8KeyDer::from(key.serialize_der());
    let config = rustls::ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], secret.into())
        .unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let (address, counted, config) = (listener.local_addr().unwrap(), Arc::default(), Arc::new(config));
    let seen: Arc<[AtomicUsize; 2]> = Arc::clone(&counted);
    std::thread::spawn(move || {
        for mut stream in listener.incoming().map_while(Result::ok) {
            counted[0].fetch_add(1, Ordering::SeqCst);
            let mut session = rustls::ServerConnection::new(Arc::clone(&config)).unwrap();
            if session.complete_io(&mut stream).is_ok() {
                counted[1].fetch_add(1, Ordering::SeqCst);
            }
        }
    });
    (address, seen)
}

#[test]
fn a_store_under_a_foreign_authority_is_told_nothing() {
    let (address, counted) = foreign();
    let endpoint = format!("https://{address}");
    let bucket = Bucket { endpoint: Some(&endpoint), name: BUCKET, region: "x", key_id: KEY, in_the_clear: false };
    let files = Files::in_bucket(&bucket, "secret of a test").unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    assert!(runtime.block_on(files.get(AttachmentId::new())).is_err());
    let [called, went_on] = [0, 1].map(|it| counted[it].load(Ordering::SeqCst));
    assert!(called > 0 && went_on == 0, "called {called} times, went on {went_on} times");
}
