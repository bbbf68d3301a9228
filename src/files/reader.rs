//! Reads documents in a process of its own, so that a document made to harm can neither bring the portal down nor fill
//! its memory: the process has little to lose and not long to live.

use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::Duration;

use tokio::sync::Semaphore;

use super::MediaType;
use super::text::{self, Paragraph, Unreadable};

/// How many documents are read at the same time.
const AT_ONCE: usize = 2;

/// How long one waits for its turn.
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// How long reading a document may take.
const LONGEST: Duration = Duration::from_secs(30);

/// The most bytes of an answer: more than [`text::read`] gives.
const MOST_ANSWER: u64 = 16 << 20;

/// The most bytes of address space that the process may take, besides what it began with.
const MOST_MEMORY: u64 = 1 << 30;

/// How much the allocator takes from the system at once. By itself it would begin with as much as the process may use.
const AT_A_TIME: (&str, &str) = ("MIMALLOC_ARENA_RESERVE", "64MiB");

/// The most seconds of processor time.
const MOST_SECONDS: u64 = 20;

/// What the process may use, which has `taken` bytes of address space already: it writes no file.
fn limits(taken: u64) -> [(rlimit::Resource, u64); 4] {
    [
        (rlimit::Resource::AS, taken.saturating_add(MOST_MEMORY)),
        (rlimit::Resource::CPU, MOST_SECONDS),
        (rlimit::Resource::FSIZE, 0),
        (rlimit::Resource::CORE, 0),
    ]
}

/// The bytes of address space that this process has, as Linux tells them; 0 elsewhere.
fn taken() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let size = status.lines().find_map(|line| line.strip_prefix("VmSize:")?.trim().strip_suffix(" kB"));
    size.and_then(|size| size.parse::<u64>().ok()).unwrap_or_default().saturating_mul(1024)
}

/// Why a document was not read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// There are no words to be had from it.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    /// Too many wait already, or the process can't be started.
    #[error("documents can't be read now: {0}")]
    Unavailable(String),
}

impl From<std::io::Error> for ReadError {
    fn from(error: std::io::Error) -> Self {
        Self::Unavailable(error.to_string())
    }
}

/// Reads documents. Cheap to clone.
#[derive(Clone)]
pub struct Reader {
    program: PathBuf,
    places: Arc<Semaphore>,
}

impl Reader {
    /// A reader that starts `program`, or this one: on Linux the very one that runs, also after its file was replaced.
    pub fn new(program: Option<PathBuf>) -> std::io::Result<Self> {
        let running = PathBuf::from("/proc/self/exe");
        let this = || if running.exists() { Ok(running.clone()) } else { std::env::current_exe() };
        let program = program.map_or_else(this, Ok)?;
        Ok(Self { program, places: Arc::new(Semaphore::new(AT_ONCE)) })
    }

    /// The paragraphs of a document.
    pub async fn read(&self, kind: MediaType, file: std::fs::File) -> Result<Vec<Paragraph>, ReadError> {
        let bytes = self.run(vec!["read-document".to_owned(), kind.ending().to_owned()], file).await?;
        // A process that died over a document, or was ended, says nothing.
        let answer: Result<Vec<Paragraph>, Unreadable> =
            serde_json::from_slice(&bytes).map_err(|_| Unreadable::Broken)?;
        Ok(answer?)
    }

    /// What the process started with `arguments` says about `file`: nothing if it died over it, or had to be ended.
    pub async fn run(&self, arguments: Vec<String>, mut file: std::fs::File) -> Result<Vec<u8>, ReadError> {
        let full = |_| ReadError::Unavailable("too many at once".into());
        let turn = tokio::time::timeout(LONGEST_WAIT, self.places.clone().acquire_owned()).await.map_err(full)?;
        let program = self.program.clone();
        let answer = tokio::task::spawn_blocking(move || {
            file.seek(SeekFrom::Start(0))?;
            let answer = ask(program, &arguments, file);
            drop(turn);
            answer
        });
        Ok(answer.await.map_err(|error| ReadError::Unavailable(error.to_string()))??)
    }
}

/// What the process says about the document; cut off when its time is over.
fn ask(program: PathBuf, arguments: &[String], file: std::fs::File) -> std::io::Result<Vec<u8>> {
    let mut command = Command::new(program);
    command.args(arguments).env_clear().env(AT_A_TIME.0, AT_A_TIME.1);
    let mut child = command.stdin(file).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
    let (tell, told) = channel();
    if let Some(output) = child.stdout.take() {
        std::thread::spawn(move || {
            let mut bytes = Vec::new();
            let read = output.take(MOST_ANSWER).read_to_end(&mut bytes);
            // Nobody listens any more when the time is over.
            drop(tell.send(read.map(|_| bytes)));
        });
    }
    let answer = told.recv_timeout(LONGEST).unwrap_or_else(|_| Ok(Vec::new()));
    // It has said all it may; one that has ended already can't be killed, which is as good.
    drop(child.kill());
    child.wait()?;
    answer
}

/// Gives the process that calls it the limits of one that reads what strangers sent.
pub fn limit_this_process() -> std::io::Result<()> {
    limits(taken()).iter().try_for_each(|(resource, most)| resource.set(*most, *most))
}

/// What the process does: limits itself, reads the document of the given ending from `input`, and gives its answer as
/// JSON.
pub fn serve(ending: &str, mut input: impl std::io::Read) -> std::io::Result<String> {
    limit_this_process()?;
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes)?;
    let kind = MediaType::ALL.iter().find(|kind| kind.ending() == ending);
    let answer = kind.map_or(Err(Unreadable::Broken), |kind| text::read(*kind, &bytes));
    Ok(serde_json::to_string(&answer)?)
}
