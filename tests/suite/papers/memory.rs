//! What documents cost the server: they are read beside it, so its memory stays flat.

use norm_portal::files::Reader;

use super::documents::{self, multipart};
use crate::harness::people::{password, sign_in};
use crate::harness::{Backend, Program};

/// More than any document may cost the server itself.
const MOST: u64 = 150 << 20;

#[test]
fn documents_that_unpack_to_gigabytes_cost_the_server_nothing() {
    let program = Program::new(Backend::Sqlite).with("NORM_PORTAL_FILES__MOST_MEBIBYTES", "10");
    let serving = program.serve();
    let client = serving.client();
    let join = client.get(serving.invitation.as_deref().expect("an invitation")).form("main form");
    let join =
        join.set("email", "sec@example.org").set("name", "Synthetic Secretary").set("password", &password("sec"));
    join.press().expect(303);
    sign_in(&client, "sec@example.org", &password("sec")).expect(303);
    let form = client.get("/submissions/paper").expect(200).form("main form").set("title", "Too much");
    let mut fields = form.values();
    fields.push(("go", "next"));
    for (name, bytes) in [("a.docx", documents::bomb("x")), ("b.docx", documents::bomb("</w:t><w:t>"))] {
        let (kind, body) = multipart(&fields, name, &bytes);
        let answer = client.post_bytes("/submissions/paper", &kind, &body);
        assert_eq!(answer.status, 422, "{name}: {}", program.told());
    }
    let large = "A sentence that fills a page. ".repeat(300_000);
    let (kind, body) = multipart(&fields, "c.txt", large.as_bytes());
    client.post_bytes("/submissions/paper", &kind, &body).expect(422);
    let peak = serving.peak_memory();
    assert!(peak < MOST, "{} MiB", peak >> 20);
}

/// A quarter of what the process may use. Held in one piece that grows by doubling, it takes a good third while it grows.
const MUCH: u64 = 250_000_000;

#[test]
fn what_the_process_began_with_is_not_taken_off_what_it_may_use() {
    let reader = Reader::new(Some(env!("CARGO_BIN_EXE_norm-portal").into())).unwrap();
    let document = tempfile::tempfile().unwrap();
    document.set_len(MUCH).unwrap();
    let reading = reader.run(vec!["read-document".into(), "txt".into()], document);
    let answer = tokio::runtime::Runtime::new().unwrap().block_on(reading).unwrap();
    assert_eq!(String::from_utf8_lossy(&answer).trim(), r#"{"Err":"TooLarge"}"#);
}
