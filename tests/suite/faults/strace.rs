//! System calls that fail, by strace: what is to be written or forced to the disk isn't.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use super::hands::{assert_stored, sending_while};
use crate::durability::first;
use crate::harness::{Backend, Program};

/// Makes system calls of processes fail for as long as it lives.
pub struct Failing(Child);

impl Failing {
    /// `calls` of these processes and of what they begin from now on fail with `error`, on these files if any are named. `None`
    /// where processes may not be traced.
    pub fn begin(processes: &[u32], calls: &str, error: &str, files: &[String]) -> Option<Self> {
        let mut strace = Command::new("strace");
        strace.args(["-f", "-e", &format!("trace={calls}"), "-e", &format!("inject={calls}:error={error}")]);
        strace.args(["-e", "signal=none", "-o", "/dev/null"]);
        for file in files {
            strace.args(["-P", file]);
        }
        for process in processes {
            strace.args(["-p", &process.to_string()]);
        }
        let started = strace.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn();
        let mut child =
            started.unwrap_or_else(|error| panic!("run the tests with `tests/run`, which installs strace: {error}"));
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map_while(Result::ok);
        let mut attached = 0;
        while attached < processes.len() {
            let line = lines.next().expect("strace says of each process that it holds it");
            if line.contains("not permitted") {
                println!("SKIPPED: this machine does not let the test trace other processes: {line}");
                let _ended = child.wait();
                return None;
            }
            // One that is gone meanwhile is told of as well.
            attached += usize::from(line.contains("attach"));
        }
        // It goes on telling of what begins: somebody has to listen.
        std::thread::spawn(move || lines.for_each(drop));
        Some(Self(child))
    }
}

impl Drop for Failing {
    fn drop(&mut self) {
        // It lets go of the processes when it is asked to end; killed, it would leave their threads stopped.
        let _asked = Command::new("kill").args(["-TERM", &self.0.id().to_string()]).status();
        let _ended = self.0.wait();
    }
}

#[test]
fn a_disk_that_fails_is_told_and_what_is_acknowledged_is_stored() {
    let program = Program::new(Backend::Sqlite);
    let (serving, client) = first(&program);
    let files =
        ["norm-portal.db", "norm-portal.db-wal"].map(|name| program.data_dir().join(name).display().to_string());
    let seen = sending_while(&client, |seen| {
        seen.wait_for(10);
        for (calls, error) in [("fsync,fdatasync", "EIO"), ("write,pwrite64", "EIO"), ("write,pwrite64", "ENOSPC")] {
            let Some(failing) = Failing::begin(&[serving.pid()], calls, error, &files) else { return };
            seen.wait_for_refusals(20);
            serving.client().get("/norms/botnets").expect(200);
            serving.client().get("/healthz").expect(200);
            drop(failing);
            // Without a restart.
            seen.wait_for(10);
        }
    });
    assert_stored(&program, serving, &seen);
}
