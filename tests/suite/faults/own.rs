//! A `PostgreSQL` server of a test's own, which does wait for its disk: stopped and started while comments come in, its disk full
//! or failing.

use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::disk::Small;
use super::hands::{assert_stored, sending_while};
use super::strace::Failing;
use crate::durability::first;
use crate::harness::Program;

/// A server in a folder of its own. Dropping the value ends it.
struct Own {
    folder: tempfile::TempDir,
    bin: PathBuf,
    data: PathBuf,
    port: u16,
}

impl Own {
    /// A new server, not started yet. Its data, without the log, go to `data` if that is given.
    fn new(data: Option<&Path>) -> Self {
        let bin = std::env::var_os("NORM_PORTAL_TEST_POSTGRES_BIN");
        let bin = PathBuf::from(bin.expect("run the tests with `tests/run`, which finds PostgreSQL"));
        let folder = tempfile::tempdir().unwrap();
        // PostgreSQL runs as a user of its own, who has to pass through.
        std::fs::set_permissions(folder.path(), Permissions::from_mode(0o755)).unwrap();
        let inner = folder.path().join("inner");
        std::fs::create_dir(&inner).unwrap();
        let (data, log) = (data.map_or_else(|| inner.join("data"), |place| place.join("data")), inner.join("log"));
        for place in [inner.as_path(), data.parent().unwrap()] {
            let mut own = Command::new("chown");
            assert!(!is_root() || own.arg(user()).arg(place).status().unwrap().success());
        }
        // The system says which port is free.
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let own = Self { folder, bin, data, port };
        let (data, log) = (own.data.display().to_string(), log.display().to_string());
        own.run(
            "initdb",
            &[
                "-D",
                &data,
                "-U",
                "postgres",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale=C.UTF-8",
                "-X",
                &log,
                "--wal-segsize=1",
                "--no-sync",
            ],
        );
        own
    }

    /// Runs a program of PostgreSQL as its user; what it said if it failed.
    fn tried(&self, name: &str, arguments: &[&str]) -> Result<(), String> {
        let program = self.bin.join(name);
        let mut command = if is_root() {
            let mut command = Command::new("runuser");
            command.args(["-u", user(), "--"]).arg(program);
            command
        } else {
            Command::new(program)
        };
        let output = command.args(arguments).current_dir(self.folder.path().join("inner")).output().unwrap();
        let told = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        if output.status.success() { Ok(()) } else { Err(told(&output.stdout) + &told(&output.stderr)) }
    }

    #[track_caller]
    fn run(&self, name: &str, arguments: &[&str]) {
        self.tried(name, arguments).unwrap_or_else(|told| panic!("{name}: {told}"));
    }

    fn start(&self) {
        let inner = self.folder.path().join("inner").display().to_string();
        let settings = format!(
            "-c listen_addresses=127.0.0.1 -c port={} -c unix_socket_directories={inner} -c shared_buffers=8MB \
             -c max_wal_size=4MB -c min_wal_size=2MB",
            self.port
        );
        let (data, log) = (self.data.display().to_string(), format!("{inner}/told"));
        self.run("pg_ctl", &["-D", &data, "-l", &log, "-w", "-t", "60", "-o", &settings, "start"]);
    }

    /// `fast` lets nobody finish; `immediate` is a crash: what is in memory is gone.
    fn stop(&self, mode: &str) {
        self.run("pg_ctl", &["-D", &self.data.display().to_string(), "-m", mode, "-w", "stop"]);
    }

    /// What an operator does with a server that may have given itself up.
    fn start_anew(&self) {
        let _down = self.tried("pg_ctl", &["-D", &self.data.display().to_string(), "-m", "immediate", "-w", "stop"]);
        self.start();
    }

    /// Its processes: the first one and all that serve somebody.
    fn processes(&self) -> Vec<u32> {
        let text = std::fs::read_to_string(self.data.join("postmaster.pid")).unwrap();
        let postmaster: u32 = text.lines().next().unwrap().parse().unwrap();
        let children = std::fs::read_to_string(format!("/proc/{postmaster}/task/{postmaster}/children")).unwrap();
        let children = children.split_whitespace().map(|pid| pid.parse().unwrap());
        std::iter::once(postmaster).chain(children).collect()
    }

    fn program(&self) -> Program {
        Program::on(&format!("postgres://postgres@127.0.0.1:{}/postgres", self.port))
    }
}

impl Drop for Own {
    fn drop(&mut self) {
        // It may be down already.
        let _down = self.tried("pg_ctl", &["-D", &self.data.display().to_string(), "-m", "immediate", "-w", "stop"]);
    }
}

fn is_root() -> bool {
    std::fs::metadata("/proc/self").is_ok_and(|it| std::os::unix::fs::MetadataExt::uid(&it) == 0)
}

/// Whom the server runs as where the tests are root.
fn user() -> &'static str {
    let is_known =
        std::fs::read_to_string("/etc/passwd").is_ok_and(|all| all.lines().any(|it| it.starts_with("postgres:")));
    if is_known { "postgres" } else { "nobody" }
}

#[test]
fn a_database_server_that_stops_crashes_or_fails_to_write_keeps_what_was_acknowledged() {
    let own = Own::new(None);
    own.start();
    let program = own.program();
    let (serving, client) = first(&program);
    let reader = serving.client();
    reader.get("/norms/botnets").expect(200);
    let seen = sending_while(&client, |seen| {
        for mode in ["fast", "immediate", "immediate"] {
            seen.wait_for(15);
            own.stop(mode);
            seen.wait_for_refusals(1);
            // A page that this server may have changed since it was kept is not shown: 503 then, and never a fault.
            let status = reader.get("/norms/botnets").status;
            assert!(matches!(status, 200 | 503), "{status}");
            reader.get("/healthz").expect(200);
            own.start();
            seen.wait_for(15);
        }
        // A server that cannot force its log to the disk gives itself up, rather than say what may not be so.
        let Some(failing) = Failing::begin(&own.processes(), "fsync,fdatasync", "EIO", &[]) else { return };
        seen.wait_for_refusals(1);
        drop(failing);
        own.start_anew();
        seen.wait_for(15);
    });
    assert_stored(&program, serving, &seen);
}

#[test]
fn a_full_disk_under_the_database_server_stops_writers_only_until_there_is_room_again() {
    let Some(small) = Small::mount(80) else {
        println!("SKIPPED: this machine does not let the test mount a file system of its own (tmpfs)");
        return;
    };
    std::fs::set_permissions(small.path(), Permissions::from_mode(0o755)).unwrap();
    let place = small.path().join("place");
    std::fs::create_dir(&place).unwrap();
    let own = Own::new(Some(&place));
    own.start();
    let program = own.program();
    let (serving, client) = first(&program);
    let ballast = small.path().join("ballast");
    let seen = sending_while(&client, |seen| {
        seen.wait_for(5);
        let mut file = std::fs::File::create(&ballast).unwrap();
        while std::io::Write::write_all(&mut file, &[0; 4096]).is_ok() {}
        // There are blocks of its own to write into for a while.
        seen.wait_for_refusals(20);
        serving.client().get("/norms/avoid-tampering").expect(200);
        client.get("/my-comments").expect(200);
        drop(file);
        std::fs::remove_file(&ballast).unwrap();
        seen.wait_for(15);
    });
    assert_stored(&program, serving, &seen);
}
