//! After any sequence of redactions no way out holds a word that was taken out: everything that people do to comments, in
//! any order, with words being taken out, more of them later, and put back on appeal or with an undo in between.

use norm_portal::export::make::make;
use norm_portal::export::model::{Edition, Format, Request, RequestedBy};
use norm_portal::files::{MediaType, text};

use super::{appeal, hearing, take_out};
use crate::archive::histories;
use crate::harness::{Backend, Person, Server, on_both};
use crate::machines::unpublished::outs::walk;
use crate::machines::unpublished::world::{At, World};

/// How many rounds one run has: a few steps of everybody, then the desk takes words out or hears an appeal.
const ROUNDS: usize = 8;
const STEPS: usize = 6;

/// A word that is out, and how many letters there were when it went.
struct Gone {
    word: String,
    letters: usize,
}

struct Run<'a> {
    world: World<'a>,
    desk: Person,
    sec: Person,
    gone: Vec<Gone>,
}

impl Run<'_> {
    /// Takes the spare word out of something that was accepted, or out of something that waits while it is published.
    fn redact(&mut self, at: usize) {
        let said = &mut self.world.said[at];
        let letters = self.world.server.mails().len();
        let waited = said.at == At::Pending;
        take_out(&self.desk, &said.reference, &said.spare);
        said.is_redacted = true;
        if waited {
            said.at = At::Published;
        }
        said.was_public |= said.is_public();
        self.gone.push(Gone { word: said.spare.clone(), letters });
    }

    /// The decision that took its words out is undone: it waits again, as it came.
    fn undo(&mut self, at: usize) {
        let said = &mut self.world.said[at];
        let page = self.desk.get(&format!("/secretariat/comments/{}", said.reference)).expect(200);
        let form = self.desk.get(&page.link("a[href$='/undo']")).expect(200).form("main form");
        let told = form.values().iter().any(|(name, _)| *name == "words");
        let form = if told { form.set("words", "We look again.") } else { form };
        form.press().expect(303);
        (said.at, said.is_redacted) = (At::Pending, false);
        self.gone.retain(|gone| gone.word != said.spare);
    }

    /// Its author appeals, and the words come back or stay out.
    fn appeal(&mut self, at: usize, restored: bool) {
        let said = &mut self.world.said[at];
        appeal(&self.world.authors[said.author].person, &said.reference, "Read it again.");
        let form = self.sec.get(&hearing(&self.sec)).expect(200).form("main form");
        let outcome = if restored { "restored" } else { "upheld" };
        form.set("outcome", outcome).set("statement", "On second reading so.").press().expect(303);
        if restored {
            said.is_redacted = false;
            self.gone.retain(|gone| gone.word != said.spare);
        }
    }

    fn one(&self, fits: impl Fn(&World, usize) -> bool) -> Option<usize> {
        (0..self.world.said.len()).rfind(|at| fits(&self.world, *at))
    }

    fn round(&mut self, number: usize) {
        for _ in 0..STEPS {
            self.world.step();
        }
        let accepted = self.one(|world, at| world.said[at].at == At::Published && !world.said[at].is_redacted);
        let waiting =
            self.one(|world, at| world.said[at].at == At::Pending && world.authors[world.said[at].author].is_here);
        match (number % 3, accepted, waiting) {
            (0, _, Some(at)) => {
                self.redact(at);
                self.walk_and_look(number);
                self.undo(at);
                self.redact(at);
            }
            (_, None, Some(at)) | (_, Some(at), _) => self.redact(at),
            (_, None, None) => {}
        }
        let appealable = self.one(|world, at| {
            let said = &world.said[at];
            said.is_redacted && said.at == At::Published && world.authors[said.author].is_here
        });
        if let (Some(at), true) = (appealable, number % 4 == 3) {
            self.appeal(at, number % 8 == 3);
        }
        self.walk_and_look(number);
    }

    fn walk_and_look(&self, number: usize) {
        walk(&self.world);
        self.holds_nothing(number.is_multiple_of(4));
    }

    /// Letters and rows, and with `files` every export too.
    fn holds_nothing(&self, files: bool) {
        let server = self.world.server;
        let letters = server.mails();
        let files = if files { exports(server) } else { Vec::new() };
        for Gone { word, letters: before } in &self.gone {
            for (_, name, text) in &files {
                assert!(!text.contains(word.as_str()), "seed {}: {name} holds {word}", self.world.seed);
            }
            for letter in &letters[*before..] {
                assert!(!format!("{letter:?}").contains(word.as_str()), "seed {}: {letter:?}", self.world.seed);
            }
            for rows in rows(server, word) {
                assert_eq!(server.count(&rows), 0, "seed {}: {rows}", self.world.seed);
            }
            assert_eq!(
                server.count(&format!("originals WHERE body LIKE '%{word}%'")),
                1,
                "it is kept for those who may"
            );
        }
    }
}

/// Every edition in every format, with its name and as text.
fn exports(server: &Server) -> Vec<(Format, String, String)> {
    let folder = tempfile::tempdir().unwrap();
    let mut all = Vec::new();
    for edition in Edition::ALL {
        for format in Format::ALL.iter().filter(|format| format.is_of_comments()) {
            let out = folder.path().join(format!("{edition}.{format}"));
            let request = Request { edition: *edition, format: *format, norm: None, status: None, bom: false };
            let now = server.clock().now();
            make(server.db(), &server.origin, now, &request, &RequestedBy::Operator, &out, &mut |_, _| {}).unwrap();
            all.push((*format, out.display().to_string(), opened(&std::fs::read(&out).unwrap())));
        }
    }
    all
}

/// A file as text; of one that holds several every one of them.
fn opened(bytes: &[u8]) -> String {
    if bytes.starts_with(b"%PDF") {
        let paragraphs = text::read(MediaType::Pdf, bytes).unwrap();
        return paragraphs.into_iter().map(|it| it.text).collect::<Vec<_>>().join("\n");
    }
    let Ok(mut archive) = zip::ZipArchive::new(std::io::Cursor::new(bytes)) else {
        return String::from_utf8(bytes.to_vec()).unwrap();
    };
    let mut all = String::new();
    for at in 0..archive.len() {
        let mut part = Vec::new();
        std::io::Read::read_to_end(&mut archive.by_index(at).unwrap(), &mut part).unwrap();
        all.push_str(&opened(&part));
    }
    all
}

/// Where a word could stand in the database, apart from the originals.
fn rows(server: &Server, word: &str) -> Vec<String> {
    let texts: [(&str, &[&str]); 11] = [
        ("comments", &["author_name", "organisation"]),
        (
            "comment_revisions",
            &["proposed_wording", "rationale", "evidence", "action", "by_when", "example", "obstacles", "cost"],
        ),
        ("redactions", &["statement", "note"]),
        ("redaction_spans", &["mark", "reason"]),
        ("decisions", &["statement", "note"]),
        ("statements", &["subject", "body"]),
        ("outbox", &["subject", "body"]),
        ("audit_log", &["subject", "detail"]),
        ("jobs", &["payload", "result"]),
        ("tallies", &["value"]),
        ("position_facets", &["value"]),
    ];
    let column = |(table, columns): (&str, &[&str])| {
        columns.iter().map(|column| format!("{table} WHERE {column} LIKE '%{word}%'")).collect::<Vec<_>>()
    };
    let mut all: Vec<String> = texts.into_iter().flat_map(column).collect();
    all.push(match server.database_url() {
        None => format!("search WHERE search MATCH '\"{word}\"'"),
        Some(_) => format!("search WHERE words @@ '{word}'::tsquery"),
    });
    all
}

fn run(server: &Server, seed: u64) {
    let desk = server.moderator("kit");
    let sec = server.secretariat("sec");
    let mut run = Run { world: World::new(server, seed), desk, sec, gone: Vec::new() };
    for number in 1..=ROUNDS {
        run.round(number);
    }
    assert!(run.gone.len() > 2, "seed {seed}: too little was taken out");
    let gone: Vec<&str> = run.gone.iter().map(|gone| gone.word.as_str()).collect();
    histories::check(&run.world, &gone);
    server.assert_audit_holds();
}

on_both! {
    fn whatever_is_taken_out_in_any_order(server: Server) {
        run(&server, 5);
    }

    fn whatever_is_taken_out_in_another_order(server: Server) {
        run(&server, 4_711);
    }
}

/// The look into the index finds what is there: else its silence would say nothing.
fn sees(backend: Backend) {
    let server = Server::start(backend);
    let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
    let reference = super::published(&ada, &mo, "The word qzx001w is there.");
    // The receipt leaves, and its text with it.
    server.mails();
    let found = || rows(&server, "qzx001w").into_iter().filter(|rows| server.count(rows) > 0).collect::<Vec<_>>();
    assert_eq!(found().len(), 2, "its revision and its place in the index: {:?}", found());
    for (format, name, text) in exports(&server) {
        assert_eq!(text.contains("qzx001w"), !format.is_of_proposals(), "{name}");
    }
    take_out(&mo, &reference, "qzx001w");
    assert!(found().is_empty(), "{:?}", found());
}

#[test]
fn sqlite_is_looked_into() {
    sees(Backend::Sqlite);
}

#[test]
fn postgresql_is_looked_into() {
    sees(Backend::Postgresql);
}
