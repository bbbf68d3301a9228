//! Full archives: out, in, out gives the same bytes on both databases; each edition holds what it may; what is hostile is
//! refused and nothing of it is kept.

pub mod histories;
mod hostile;
mod letters;

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};
use std::path::Path;

use norm_portal::archive::read::{self, Imported, ReadError};
use norm_portal::db::{Db, Target};
use norm_portal::export::make::make_with;
use norm_portal::export::model::{Edition, Format, Request, RequestedBy};
use norm_portal::files::Files;
use zip::ZipArchive;

use crate::deliberation::{Desk, begin, decide, put};
use crate::harness::comments::send;
use crate::harness::rows::Rows;
use crate::harness::{Backend, Server, on_both};
use crate::postgres;

const NORM: &str = "avoid-tampering";

/// Words that no archive of this edition may hold.
const CONFIDENTIAL: &str = "zebrafinch";
const DECLINED: &str = "quetzalcoatl";

/// A portal that never served.
struct Empty {
    db: Db,
    files: Files,
    folder: tempfile::TempDir,
    _database: Option<postgres::Database>,
}

impl Empty {
    fn on(backend: Backend) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = (backend == Backend::Postgresql).then(postgres::fresh_database);
        let target = match &database {
            Some(database) => Target::Postgresql(database.url.clone()),
            None => Target::Sqlite(folder.path().join("portal.db")),
        };
        let files = Files::in_folder(&folder.path().join("files")).unwrap();
        Self { db: Db::open(&target).unwrap(), files, folder, _database: database }
    }

    fn read(&self, server: &Server, bytes: &[u8]) -> Result<Imported, ReadError> {
        let path = self.folder.path().join("in.zip");
        std::fs::write(&path, bytes).unwrap();
        read::import(&self.db, &self.files, server.clock().now(), &path)
    }

    fn rows(&self) -> Rows {
        Rows::of(&self.db)
    }
}

/// The bytes of an archive of what is in `db`.
fn archived(server: &Server, (db, files): (&Db, &Files), edition: Edition, format: Format) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("archive.zip");
    let request = Request { edition, format, norm: None, status: None, bom: false };
    let (now, by) = (server.clock().now(), RequestedBy::Operator);
    make_with((db, Some(files)), &server.origin, now, &request, &by, &out, &mut |_, _| {}).unwrap();
    assert!(Path::new(&format!("{}.manifest.json", out.display())).is_file());
    std::fs::read(out).unwrap()
}

/// Every entry of an archive.
fn entries(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut all = BTreeMap::new();
    for at in 0..zip.len() {
        let mut entry = zip.by_index(at).unwrap();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).unwrap();
        all.insert(entry.name().unwrap().into_owned(), content);
    }
    all
}

fn whole(bytes: &[u8]) -> String {
    entries(bytes).into_values().map(|content| String::from_utf8_lossy(&content).into_owned()).collect()
}

/// The files of a server.
fn files(server: &Server) -> Files {
    server.portal().site().config().files.open(server.data_dir()).unwrap()
}

/// A portal with comments in every state, a file, an issue that is decided and one that is not.
fn filled(server: &Server) -> Vec<String> {
    let desk = Desk::of(server);
    let (ada, bob) = (server.stakeholder("ada"), server.stakeholder("bob"));
    let named = desk.accepted(&ada, "must not tamper", "named");
    let unnamed = desk.accepted(&ada, "shall not tamper", "organisation");
    let secret = desk.accepted(&bob, &format!("never, says {CONFIDENTIAL}, tamper"), "commission");
    let form = bob.whole_form(NORM, "See the paper.\u{1}\u{202e}").set("publication", "named");
    let form = form.choose("attachment", "paper.pdf", &b"%PDF-1.7\npaper\n%%EOF"[..]);
    let with_file = send(&form);
    desk.mo.publish(&with_file);
    let declined = bob.comment_on_whole(NORM, &format!("Off topic: {DECLINED}."), "named");
    desk.mo.decide(&declined, "decline", "off-topic", "").expect(303);
    ada.comment_on_whole("botnets", &format!("It waits: {DECLINED}."), "named");
    let issue = begin(&desk.mo, "Whether the duty binds.");
    put(&desk.mo, &issue, &[&named, &unnamed, &secret]);
    decide(&desk, &issue, "adopted", "A duty has to bind.");
    begin(&desk.mo, &format!("Not decided: {DECLINED}?"));
    vec![named, unnamed, with_file]
}

on_both! {
    fn out_in_and_out_again_is_the_same_to_the_byte(server: Server) {
        filled(&server);
        for (edition, format) in [
            (Edition::Commission, Format::Archive),
            (Edition::Commission, Format::ArchiveWithAddresses),
            (Edition::Public, Format::Archive),
        ] {
            let first = archived(&server, (server.db(), &files(&server)), edition, format);
            for backend in [Backend::Sqlite, Backend::Postgresql] {
                let other = Empty::on(backend);
                let imported = other.read(&server, &first).unwrap_or_else(|error| panic!("{edition} {format}: {error}"));
                assert_eq!(imported.files, 1, "{edition} {format}");
                let again = archived(&server, (&other.db, &other.files), edition, format);
                let (before, after) = (entries(&first), entries(&again));
                assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
                // A public portal does not know what it never held: its manifest leaves out nothing more.
                let is_public = edition == Edition::Public;
                for (name, content) in before.iter().filter(|(name, _)| !is_public || *name != "manifest.json") {
                    let texts = (String::from_utf8_lossy(content), String::from_utf8_lossy(&after[name]));
                    assert_eq!(texts.0, texts.1, "{edition} {format} {name}");
                }
                assert!(is_public || first == again, "one clock, one operator: the very same file");
                let log = other.db.read_blocking(|conn| norm_portal::audit::verify_against(conn, &[])).unwrap();
                assert!(log.is_ok(), "{log:?}");
                assert_eq!(other.rows().count("audit_log WHERE action = 'archive.imported'"), 1);
                // What everyone reads was made anew.
                let counted = "issue_tallies WHERE edition = 'public' AND comments > 0";
                assert_eq!(other.rows().count("published"), 3);
                assert_eq!(other.rows().count(counted), server.count(counted));
            }
        }
        server.assert_audit_holds();
    }

    fn each_edition_holds_what_it_may(server: Server) {
        let public = filled(&server);
        let commission = whole(&archived(&server, (server.db(), &files(&server)), Edition::Commission, Format::Archive));
        for held in [CONFIDENTIAL, DECLINED, "Ada Synthetic", "comment.published", "A duty has to bind."] {
            assert!(commission.contains(held), "{held}");
        }
        assert!(!commission.contains("@example.org"), "addresses were not asked for");
        let asked = whole(&archived(&server, (server.db(), &files(&server)), Edition::Commission, Format::ArchiveWithAddresses));
        assert!(asked.contains("@example.org"));
        let open = archived(&server, (server.db(), &files(&server)), Edition::Public, Format::Archive);
        let all = whole(&open);
        for never in [CONFIDENTIAL, DECLINED, "@example.org", "Mo Synthetic", "Bob Synthetic wrote", "comment.published", "$argon2"] {
            assert!(!all.contains(never), "{never}");
        }
        assert!(!commission.contains("$argon2") && !asked.contains("$argon2"));
        for reference in &public {
            assert!(all.contains(reference), "{reference}");
        }
        // Nothing ties an unnamed comment to a named one of the same person.
        let ada = server.db().read_blocking(|conn| {
            use norm_portal::comments::store::by_reference;
            by_reference(conn, &public[0])
        });
        assert!(!all.contains(&ada.unwrap().unwrap().author.account.to_string()));
        let comments = String::from_utf8(entries(&open)["comments.jsonl"].clone()).unwrap();
        let unnamed = comments.lines().find(|line| line.contains(&public[1])).unwrap();
        assert!(unnamed.contains("\"author_name\":\"\""), "{unnamed}");
        let held: i64 = comments.lines().count().try_into().unwrap();
        assert_eq!(held, server.count("comments WHERE state = 'published' AND publication <> 'commission'"));
        let manifest: serde_json::Value = serde_json::from_slice(&entries(&open)["manifest.json"]).unwrap();
        let left_out: i64 = manifest["left_out"].as_object().unwrap().values().filter_map(serde_json::Value::as_i64).sum();
        assert_eq!(held + left_out, server.count("comments"), "they are all there are");
    }
}

/// What differs is written to target/archive.schema.json.
#[test]
fn the_published_schema_is_that_of_the_parts() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let made = serde_json::to_string_pretty(&norm_portal::archive::schema::schema()).unwrap() + "\n";
    std::fs::write(root.join("target/archive.schema.json"), &made).unwrap();
    assert!(std::fs::read_to_string(root.join("docs/formats/archive.schema.json")).unwrap() == made);
}
