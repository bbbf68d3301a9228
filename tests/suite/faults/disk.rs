//! A disk that is full; under PostgreSQL: [`super::own`].

use std::path::Path;
use std::process::Command;

use super::{COMPOSE, token, try_comment};
use crate::durability::{first, sign_in_again};
use crate::harness::{Backend, Program};

/// A small file system in memory, gone with the value.
pub struct Small(tempfile::TempDir);

impl Small {
    /// `None` where mounting is not allowed.
    pub fn mount(mebibytes: u32) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let size = format!("size={mebibytes}m,mode=700");
        let mut mount = Command::new("mount");
        let mounted = mount.args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(folder.path()).output();
        match mounted {
            Ok(output) if output.status.success() => Some(Self(folder)),
            _ => None,
        }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.0.path()
    }
}

impl Drop for Small {
    fn drop(&mut self) {
        let _gone = Command::new("umount").arg("-l").arg(self.0.path()).status();
    }
}

#[test]
fn a_full_disk_stops_writers_only_until_there_is_room_again() {
    let Some(small) = Small::mount(24) else {
        println!("SKIPPED: this machine does not let the test mount a file system of its own (tmpfs)");
        return;
    };
    let program = Program::new(Backend::Sqlite).with("NORM_PORTAL_DATA_DIR", &small.path().display().to_string());
    let (serving, client) = first(&program);
    let csrf = token(&client);
    let mut shown = Vec::new();
    let ballast = small.path().join("ballast");
    // Fills what is left, to the last block.
    let mut file = std::fs::File::create(&ballast).unwrap();
    while std::io::Write::write_all(&mut file, &[0; 4096]).is_ok() {}
    let words = "So much to say. ".repeat(600);
    // The log of the database may have blocks of its own to write into for a while.
    let refused = (0..2_000).find_map(|n| {
        let text = format!("{n} {words}").trim().to_owned();
        match try_comment(&client, &csrf, &text).expect("the server answers") {
            (303, path) => {
                shown.push((path, text));
                None
            }
            (status, _) => Some(status),
        }
    });
    assert_eq!(refused, Some(503), "writers are told to come back");
    let form = [("csrf", csrf.as_str()), ("form_id", "x"), ("go", "send")];
    let page = client.post(COMPOSE, &form);
    assert!(page.status != 500, "never a fault");
    serving.client().get("/norms/avoid-tampering").expect(200);
    serving.client().get("/norms/botnets").expect(200);
    client.get("/my-comments").expect(200);
    drop(file);
    std::fs::remove_file(&ballast).unwrap();
    let (status, path) = try_comment(&client, &csrf, "There is room again.").expect("an answer");
    assert_eq!(status, 303, "without a restart");
    shown.push((path, "There is room again.".to_owned()));
    serving.kill();
    let serving = program.serve();
    let client = sign_in_again(&serving);
    for (path, text) in &shown {
        assert!(client.get(path).expect(200).main().contains(text.as_str()), "{path} was acknowledged");
    }
    assert!(program.done(&["verify-audit"]).contains("the chain holds"));
}
