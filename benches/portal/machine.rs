//! The machine: which core does what, how much memory and time a process takes.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, ExitStatus};
use std::time::{Duration, Instant};

/// The core of whatever is measured.
pub const SERVER: &str = "0";

/// The core of those who ask.
pub const READERS: &str = "1";

/// `program` on the given core; where there is no `taskset`, on any.
pub fn pinned(core: &str, program: impl AsRef<OsStr>) -> Command {
    if !has("taskset") {
        return Command::new(program);
    }
    let mut command = Command::new("taskset");
    command.args(["-c", core]).arg(program);
    command
}

/// Whether a program can be run.
pub fn has(program: &str) -> bool {
    let paths = std::env::var_os("PATH").unwrap_or_default();
    let mut paths: Vec<_> = std::env::split_paths(&paths).collect();
    // Servers live where the path of ordinary users does not lead.
    paths.push("/usr/sbin".into());
    paths.iter().any(|folder| folder.join(program).is_file())
}

/// A figure of `/proc/<pid>/status` in megabytes: `VmRSS`, `VmHWM`.
pub fn memory(process: u32, which: &str) -> Option<f64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(which)?.strip_prefix(':'))?;
    let kib: f64 = line.trim().trim_end_matches(" kB").parse().ok()?;
    Some(kib * 1024.0 / 1e6)
}

/// The processor time of a process and all its threads, in seconds.
pub fn worked(process: u32) -> f64 {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    let behind_the_name = stat.rsplit(')').next().unwrap_or_default();
    let fields: Vec<&str> = behind_the_name.split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|field| field.parse::<f64>().ok()).unwrap_or_default();
    // A tick is a hundredth of a second on every Linux that is in use.
    (ticks(11) + ticks(12)) / 100.0
}

/// What a command took.
pub struct Run {
    /// From start to end.
    pub took: Duration,
    /// The most memory it had, in megabytes.
    pub most: f64,
    /// How it ended.
    pub status: ExitStatus,
}

/// Runs a command to its end and watches its memory.
pub fn watch(mut child: Child) -> Run {
    let begin = Instant::now();
    let mut most = 0.0_f64;
    loop {
        most = most.max(memory(child.id(), "VmHWM").unwrap_or_default());
        if let Some(status) = child.try_wait().expect("a child") {
            return Run { took: begin.elapsed(), most, status };
        }
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// What this machine is, in a line.
pub fn described() -> String {
    let cpu = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpu.lines().find(|line| line.starts_with("model name")).and_then(|line| line.split(':').nth(1));
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let memory = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let kib = memory.lines().next().and_then(|line| line.split_whitespace().nth(1)?.parse::<f64>().ok());
    let kernel = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    format!(
        "{}, {cores} cores, {:.0} GB, Linux {}, load before the run {}",
        model.unwrap_or("unknown processor").trim(),
        kib.unwrap_or_default() * 1024.0 / 1e9,
        kernel.trim(),
        load.split_whitespace().next().unwrap_or_default(),
    )
}

/// The bytes of a file or of all files below a folder.
pub fn size(path: &Path) -> u64 {
    let Ok(about) = fs::metadata(path) else { return 0 };
    if about.is_file() {
        return about.len();
    }
    let entries = fs::read_dir(path).into_iter().flatten().flatten();
    entries.map(|entry| size(&entry.path())).sum()
}
