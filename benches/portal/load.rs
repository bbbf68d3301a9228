//! The load generator: a process of its own, on a core of its own. It takes an order as JSON on standard input and
//! answers with what it measured on standard output.

use std::io::Read as _;
use std::net::SocketAddr;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use actix_web::rt;
use actix_web::rt::net::TcpStream;
use norm_portal::ids::CommentId;
use serde::{Deserialize, Serialize};

use super::http::whole;
use super::machine;

/// What a request holds where each one has to be another: an id, 36 characters.
pub const ID: &str = "00000000-0000-0000-0000-00000000beef";

/// The hidden first argument of this mode.
pub const MODE: &str = "--as-load-generator";

/// What to do.
#[derive(Serialize, Deserialize)]
pub struct Order {
    /// Host and port.
    pub address: String,
    /// Whole requests; connection `n` sends number `n` again and again, and those beyond the last begin anew.
    pub requests: Vec<String>,
    /// Connections.
    pub connections: usize,
    /// For how long.
    pub seconds: f64,
    /// The status that every answer must have.
    pub status: u16,
}

/// What came of it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Outcome {
    /// Answers with the right status.
    pub answers: usize,
    /// A second.
    pub rate: f64,
    /// Half of them came within this, in microseconds.
    pub p50: f64,
    /// All but one in a hundred came within this.
    pub p99: f64,
    /// The slowest.
    pub slowest: f64,
    /// Answers with another status: the first one of them.
    pub wrong: Option<String>,
}

/// Runs `order` in another process on the readers' core.
pub fn run(order: &Order) -> Outcome {
    let outcome = start(order).wait_with_output().expect("the load generator ends");
    finished(&outcome.stdout)
}

/// Begins `order` in another process; to be ended with [`finished`].
pub fn start(order: &Order) -> std::process::Child {
    let mut command = machine::pinned(machine::READERS, std::env::current_exe().expect("this program"));
    command.arg(MODE).stdin(Stdio::piped()).stdout(Stdio::piped());
    spawn_with(&mut command, &serde_json::to_vec(order).expect("an order"))
}

/// Starts `command` with `input`.
pub fn spawn_with(command: &mut Command, input: &[u8]) -> std::process::Child {
    let mut child = command.spawn().expect("a process starts");
    let mut stdin = child.stdin.take().expect("its input");
    std::io::Write::write_all(&mut stdin, input).expect("its input is taken");
    child
}

/// Reads what a process measured; ends loudly on answers that were not asked for.
pub fn finished(output: &[u8]) -> Outcome {
    let outcome: Outcome = serde_json::from_slice(output).expect("a measurement");
    assert!(outcome.wrong.is_none(), "wrong answer: {}", outcome.wrong.unwrap_or_default());
    outcome
}

/// The other process.
pub fn serve() {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).expect("an order");
    let order: Order = serde_json::from_str(&text).expect("an order");
    let outcome = rt::System::new().block_on(all(order));
    println!("{}", serde_json::to_string(&outcome).expect("an outcome"));
}

async fn all(order: Order) -> Outcome {
    let address: SocketAddr = order.address.parse().expect("an address");
    let mut streams = Vec::new();
    for _ in 0..order.connections {
        streams.push(TcpStream::connect(address).await.expect("a connection"));
    }
    let begin = Instant::now();
    let end = begin + Duration::from_secs_f64(order.seconds);
    let requests = order.requests.iter().cycle().cloned();
    let tasks: Vec<_> = streams
        .into_iter()
        .zip(requests)
        .map(|(stream, request)| rt::spawn(one(stream, request.into_bytes(), end, order.status)))
        .collect();
    let (mut times, mut wrong) = (Vec::new(), None);
    for task in tasks {
        let (own, other) = task.await.expect("a connection's task");
        times.extend(own);
        wrong = wrong.or(other);
    }
    summary(&mut times, begin.elapsed(), wrong)
}

/// What `times`, in microseconds, come to.
pub fn summary(times: &mut [u32], took: Duration, wrong: Option<String>) -> Outcome {
    times.sort_unstable();
    let at =
        |part: f64| times.get((times.len() as f64 * part) as usize).or(times.last()).map_or(0.0, |it| f64::from(*it));
    Outcome {
        answers: times.len(),
        rate: times.len() as f64 / took.as_secs_f64(),
        p50: at(0.5),
        p99: at(0.99),
        slowest: at(1.0),
        wrong,
    }
}

/// One connection: a request, its answer, the next request.
async fn one(stream: TcpStream, mut request: Vec<u8>, end: Instant, status: u16) -> (Vec<u32>, Option<String>) {
    stream.set_nodelay(true).expect("a socket");
    let places: Vec<usize> =
        request.windows(ID.len()).enumerate().filter(|(_, at)| *at == ID.as_bytes()).map(|(at, _)| at).collect();
    let (mut times, mut answer, mut part) = (Vec::with_capacity(1 << 14), Vec::new(), vec![0; 1 << 17]);
    while Instant::now() < end {
        if !places.is_empty() {
            let id = CommentId::new().to_string();
            for place in &places {
                request[*place..*place + ID.len()].copy_from_slice(id.as_bytes());
            }
        }
        let sent = Instant::now();
        let mut left = request.as_slice();
        while !left.is_empty() {
            match stream.try_write(left) {
                Ok(taken) => left = &left[taken..],
                Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {
                    stream.writable().await.expect("a socket");
                }
                Err(error) => return (times, Some(error.to_string())),
            }
        }
        answer.clear();
        let head = loop {
            stream.readable().await.expect("a socket");
            match stream.try_read(&mut part) {
                Ok(0) => return (times, Some("the server closed the connection".to_owned())),
                Ok(read) => answer.extend_from_slice(&part[..read]),
                Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => continue,
                Err(error) => return (times, Some(error.to_string())),
            }
            if let Some((head, _)) = whole(&answer) {
                break head;
            }
        };
        if head.status != status {
            let text = String::from_utf8_lossy(&answer);
            return (times, Some(format!("{} instead of {status}: {text:.2000}", head.status)));
        }
        times.push(u32::try_from(sent.elapsed().as_micros()).unwrap_or(u32::MAX));
    }
    (times, None)
}
