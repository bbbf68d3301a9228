//! A real mail server on a loopback port that keeps what it is sent, and misbehaves on request.
//!
//! Speaks SMTP (RFC 5321) in plain text, with STARTTLS (RFC 3207) or inside TLS (RFC 8314), under a
//! certificate authority made for it. Knows mail, not the portal.

mod conversation;

use std::collections::BTreeMap;
use std::error::Error;
use std::io::{self, BufReader};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};
use rustls::crypto::ring;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use conversation::{Conversation, End, say};

const GREETING: &str = "220 catcher.test ESMTP";

/// How the server behaves from now on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Takes every message.
    Accept,
    /// Says 550 to every recipient: the address will never exist.
    RefuseRecipient,
    /// Says 451 to every recipient: another time.
    TryLater,
    /// Takes the message, then hangs up before it says so: the sender cannot know.
    DropAfterData,
    /// Takes the connection and never says a word.
    NeverGreet,
    /// Answers this recipient letter by letter, without end and never silent for long.
    Drip(&'static str),
}

/// How the server encrypts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encryption {
    /// Not at all.
    None,
    /// Offers STARTTLS and takes no sender before it.
    StartTls,
    /// From the first byte.
    Implicit,
}

/// One message that arrived whole.
#[derive(Clone, Debug)]
pub struct Caught {
    /// The envelope's sender, empty for a bounce.
    pub from: String,
    /// The envelope's recipients, in order.
    pub to: Vec<String>,
    /// Headers and body as sent, CRLF kept, dot-stuffing undone.
    pub data: Vec<u8>,
    /// Whether it came encrypted.
    pub encrypted: bool,
    /// Whether the sender was told 250; not so under `Mode::DropAfterData`.
    pub acknowledged: bool,
}

impl Caught {
    /// The message as text, as far as it is UTF-8.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.data).into_owned()
    }
}

/// The running server. Dropping it closes every connection.
pub struct Catcher {
    /// Where it listens.
    pub addr: SocketAddr,
    ca_pem: String,
    shared: Arc<Shared>,
}

struct Shared {
    state: Mutex<State>,
    arrived: Condvar,
    stopped: AtomicBool,
    encryption: Encryption,
    config: Arc<ServerConfig>,
}

struct State {
    mode: Mode,
    /// How many letters were said of answers without end.
    dripped: usize,
    messages: Vec<Caught>,
    /// What hangs up each open connection, by the order they came in.
    connections: BTreeMap<u64, TcpStream>,
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn mode(&self) -> Mode {
        self.state().mode
    }

    fn keep(&self, message: Caught) {
        self.state().messages.push(message);
        self.arrived.notify_all();
    }
}

impl Catcher {
    /// Starts a server without encryption on a free port of 127.0.0.1.
    pub fn start(mode: Mode) -> Self {
        Self::start_with(mode, Encryption::None)
    }

    /// Starts a server with the encryption asked for. Its certificate holds for `localhost` and
    /// `127.0.0.1`, under the authority of `ca_pem`.
    pub fn start_with(mode: Mode, encryption: Encryption) -> Self {
        let started = TcpListener::bind("127.0.0.1:0")
            .and_then(|listener| Ok((listener.local_addr()?, listener)))
            .map_err(Into::into)
            .and_then(|port| Ok((port, certificates()?)));
        let ((addr, listener), (config, ca_pem)) =
            started.unwrap_or_else(|fault: Box<dyn Error>| panic!("no mail catcher: {fault}"));
        let state = State { mode, dripped: 0, messages: Vec::new(), connections: BTreeMap::new() };
        let shared = Arc::new(Shared {
            state: Mutex::new(state),
            arrived: Condvar::new(),
            stopped: AtomicBool::new(false),
            encryption,
            config: Arc::new(config),
        });
        let server = Arc::clone(&shared);
        std::thread::spawn(move || listen(&listener, &server));
        Self { addr, ca_pem, shared }
    }

    /// The certificate of the authority that a client has to trust, in PEM.
    pub fn ca_pem(&self) -> String {
        self.ca_pem.clone()
    }

    /// Behaves differently from the next command on, in open connections too.
    pub fn switch(&self, mode: Mode) {
        self.shared.state().mode = mode;
    }

    /// How many connections are open.
    pub fn connections(&self) -> usize {
        self.shared.state().connections.len()
    }

    /// How many letters were said of answers without end.
    pub fn dripped(&self) -> usize {
        self.shared.state().dripped
    }

    /// All that has arrived so far, oldest first.
    pub fn messages(&self) -> Vec<Caught> {
        self.shared.state().messages.clone()
    }
}

impl Drop for Catcher {
    fn drop(&mut self) {
        self.shared.stopped.store(true, Ordering::SeqCst);
        // Wakes the thread that waits for connections; it looks at the flag first.
        drop(TcpStream::connect(self.addr));
        for connection in self.shared.state().connections.values() {
            // Fails for a connection that has ended, which is what is wanted.
            let _ended = connection.shutdown(Shutdown::Both);
        }
    }
}

fn listen(listener: &TcpListener, shared: &Arc<Shared>) {
    for (number, connection) in (0..).zip(listener.incoming()) {
        let mut state = shared.state();
        if shared.stopped.load(Ordering::SeqCst) {
            return;
        }
        let Ok(connection) = connection else { continue };
        let Ok(handle) = connection.try_clone() else { continue };
        state.connections.insert(number, handle);
        let shared = Arc::clone(shared);
        std::thread::spawn(move || {
            // A client that hangs up is an ordinary end of a conversation.
            let _ended = serve(connection, &shared);
            if let Some(handle) = shared.state().connections.remove(&number) {
                let _hung_up = handle.shutdown(Shutdown::Both);
            }
        });
    }
}

/// One connection, from its first byte on.
fn serve(mut connection: TcpStream, shared: &Shared) -> io::Result<()> {
    if shared.mode() == Mode::NeverGreet {
        return io::copy(&mut connection, &mut io::sink()).map(drop);
    }
    if shared.encryption == Encryption::Implicit {
        let mut stream = BufReader::new(encrypt(connection, shared)?);
        say(&mut stream, GREETING)?;
        return Conversation::over(&mut stream, shared, true).map(drop);
    }
    let mut plain = BufReader::new(connection);
    say(&mut plain, GREETING)?;
    if Conversation::over(&mut plain, shared, false)? == End::Encrypt {
        // What came unencrypted behind STARTTLS goes with the buffer (RFC 3207 section 4.2).
        let mut stream = BufReader::new(encrypt(plain.into_inner(), shared)?);
        Conversation::over(&mut stream, shared, true)?;
    }
    Ok(())
}

fn encrypt(connection: TcpStream, shared: &Shared) -> io::Result<StreamOwned<ServerConnection, TcpStream>> {
    let session = ServerConnection::new(Arc::clone(&shared.config)).map_err(io::Error::other)?;
    Ok(StreamOwned::new(session, connection))
}

/// A server's configuration with a certificate of its own, and its authority's in PEM.
fn certificates() -> Result<(ServerConfig, String), Box<dyn Error>> {
    let mut authority = CertificateParams::default();
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    authority.distinguished_name.push(DnType::CommonName, "Mail catcher of the tests");
    let authority_key = KeyPair::generate()?;
    let ca_pem = authority.self_signed(&authority_key)?.pem();

    let key = KeyPair::generate()?;
    let certificate = CertificateParams::new(["localhost".to_owned(), "127.0.0.1".to_owned()])?
        .signed_by(&key, &Issuer::new(authority, authority_key))?;

    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], key)?;
    Ok((config, ca_pem))
}
