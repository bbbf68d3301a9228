//! Backups as the operator makes and restores them: what was acknowledged is in, what is in is whole, what was changed is
//! refused.

mod meanwhile;
mod refused;
mod schedule;
mod under_load;

use std::fs::Metadata;
use std::io::ErrorKind;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use crate::harness::comments::send;
use crate::harness::{Backend, Person, Program, Server, on_both};

/// A portal with something of everything that a backup has to bring back.
struct Filled {
    ada: Person,
    mo: Person,
    published: String,
    waiting: String,
    file: String,
}

fn filled(server: &Server) -> Filled {
    server.secretariat("sec");
    let (mo, ada) = (server.moderator("mo"), server.stakeholder("ada"));
    let form = ada.whole_form("avoid-tampering", "Names stay: Zoë, 王, \u{202e}x.").set("publication", "named");
    let published = send(&form.choose("attachment", "paper.pdf", &b"%PDF-1.7\npaper\n%%EOF"[..]));
    mo.publish(&published);
    let waiting = ada.comment_on_whole("botnets", "It waits for a moderator.", "named");
    // A link that is open when the backup is made.
    server.registration("bob").1.press().expect(200);
    server.keeper_round();
    let page = ada.get(&format!("/my-comments/{published}"));
    let html = page.text();
    let id: String = html.split("/attachments/").nth(1).expect("the file is linked").chars().take(36).collect();
    Filled { ada, mo, published, waiting, file: format!("/attachments/{id}") }
}

/// Backs up what `server` serves; the file.
fn backed_up(server: &Server, folder: &Path) -> PathBuf {
    let out = folder.join("portal.backup");
    let said = Program::beside(server).done(&["backup", "--out", &out.display().to_string()]);
    assert!(said.contains("2 comments") && said.contains("1 files") && said.contains("Not encrypted"), "{said}");
    out
}

fn restore(program: &Program, from: &Path) -> String {
    program.done(&["restore", "--from", &from.display().to_string()])
}

/// Calls `look` with every file and folder below `folder`.
fn each_below(folder: &Path, look: &dyn Fn(&Path, &Metadata)) {
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let (path, seen) = (entry.path(), entry.metadata().unwrap());
        look(&path, &seen);
        if seen.is_dir() {
            each_below(&path, look);
        }
    }
}

fn is_closed_to_others(folder: &Path) {
    each_below(folder, &|path, seen| assert_eq!(seen.permissions().mode() & 0o077, 0, "{}", path.display()));
}

fn belongs_to(owner: u32, folder: &Path) {
    each_below(folder, &|path, seen| assert_eq!(seen.uid(), owner, "{}", path.display()));
}

/// What a page shows, wherever it is served from.
fn shown(page: &crate::harness::Answer, origin: &str) -> String {
    page.main().replace(origin, "")
}

on_both! {
    fn an_empty_machine_becomes_the_portal_that_was_backed_up(backend: Backend) {
        let server = Server::start(backend);
        let filled = filled(&server);
        let folder = tempfile::tempdir().unwrap();
        // A head that was kept while the database was copied is of a log that the backup does not have.
        let heads = Program::beside(&server).data_dir().join("audit-heads");
        std::fs::create_dir_all(&heads).unwrap();
        std::fs::write(heads.join("2030-01-01.txt"), format!("{}:{}\n", 1_000_000, "ab".repeat(32))).unwrap();
        let file = backed_up(&server, folder.path());
        assert_eq!(server.audited("backup.made"), 1);
        let entries = server.count("audit_log");
        let old = filled.ada.cookie("session").expect("ada is signed in");

        let empty = Program::new(backend);
        let said = restore(&empty, &file);
        assert!(said.contains("2 comments") && said.contains("sessions ended"), "{said}");
        // The entry of the restoring stands for the one that the backup could not hold of itself.
        assert!(empty.done(&["verify-audit"]).starts_with(&format!("{entries} entries, the chain holds")));
        let rows = empty.database();
        assert_eq!(rows.count("audit_log WHERE action = 'backup.restored'"), 1);
        assert_eq!((rows.count("sessions"), rows.count("tokens WHERE spent_at IS NULL")), (0, 0));

        is_closed_to_others(empty.data_dir());
        let serving = empty.serve();
        let anyone = serving.client();
        for path in ["/", "/norms/avoid-tampering", "/norms/botnets", "/search?q=names"] {
            let (before, after) = (server.anonymous().get(path).expect(200), anyone.get(path).expect(200));
            assert_eq!(shown(&before, &server.origin), shown(&after, &serving.origin), "{path}");
        }
        anyone.set_cookie("session", Some(&old));
        anyone.get("/my-comments").expect(303);
        let ada = serving.client();
        crate::harness::people::sign_in(&ada, "ada@example.org", &filled.ada.password).expect(303);
        ada.get(&format!("/my-comments/{}", filled.waiting)).expect(200).reads("It waits for a moderator.");
        assert_eq!(ada.get(&filled.file).expect(200).body, b"%PDF-1.7\npaper\n%%EOF");
        ada.get(&format!("/comments/{}", filled.published)).expect(200).reads("Zoë, 王");
        // The queue goes on where it was.
        let mo = serving.client();
        let asked = crate::harness::people::sign_in(&mo, "mo@example.org", &filled.mo.password).expect(303).follow();
        filled.mo.app().in_real_time().enter(&asked).expect(303);
        mo.get("/secretariat").expect(200).reads(&filled.waiting);
    }

    fn a_portal_that_was_used_is_kept_aside(backend: Backend) {
        let server = Server::start(backend);
        filled(&server);
        let folder = tempfile::tempdir().unwrap();
        let file = backed_up(&server, folder.path());
        let from = file.display().to_string();
        let other = Program::new(backend);
        let serving = other.serve();
        let invitation = serving.invitation.clone().expect("an invitation");
        let join = serving.client().get(&invitation).form("main form").set("email", "x@example.org").set("name", "Old One");
        join.set("password", &crate::harness::people::password("old")).press().expect(303);
        let told = |output: &std::process::Output| String::from_utf8_lossy(&output.stderr).into_owned();
        let running = other.run(&["restore", "--from", &from, "--replace"]);
        assert!(running.status.code() == Some(1) && told(&running).contains("stop the portal first"), "{}", told(&running));
        serving.kill();
        std::fs::create_dir_all(other.data_dir().join("attachments/zz")).unwrap();
        std::fs::write(other.data_dir().join("attachments/zz/old"), "old").unwrap();
        let used = other.run(&["restore", "--from", &from]);
        assert!(used.status.code() == Some(1) && told(&used).contains("--replace"), "{}", told(&used));
        assert_eq!(other.database().count("accounts WHERE name = 'Old One'"), 1, "nothing was replaced");
        // Root restores for a service that is somebody else.
        let service = std::os::unix::fs::chown(other.data_dir(), Some(4_242), None);
        assert!(service.is_ok() || service.is_err_and(|error| error.kind() == ErrorKind::PermissionDenied));
        let said = other.done(&["restore", "--from", &from, "--replace"]);
        belongs_to(std::fs::metadata(other.data_dir()).unwrap().uid(), other.data_dir());
        let aside = said.split("kept as ").nth(1).and_then(|rest| rest.split(':').next()).expect("its name");
        assert_eq!(other.database().count("accounts WHERE name = 'Old One'"), 0);
        assert_eq!(other.database().count("comments"), 2);
        assert_eq!(std::fs::read(other.data_dir().join(aside).join("attachments/zz/old")).unwrap(), b"old");
        match backend {
            Backend::Postgresql => {
                assert_eq!(other.database().count(&format!("\"{aside}\".accounts WHERE name = 'Old One'")), 1);
            }
            Backend::Sqlite => {
                let old = other.data_dir().join(format!("norm-portal.db.{aside}"));
                let old = crate::harness::rows::Rows::open(&norm_portal::db::Target::Sqlite(old));
                assert_eq!(old.count("accounts WHERE name = 'Old One'"), 1);
            }
        }
        other.serve().client().get("/").expect(200);
    }
}
