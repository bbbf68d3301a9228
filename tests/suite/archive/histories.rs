//! After histories that chance made, the archives hold what they may and nothing else ("Shown by" 4 of issue 6). The
//! histories are those of `machines::unpublished` and `redaction::everywhere`, which call this at their end.

use std::collections::BTreeMap;

use norm_portal::export::model::{Edition, Format};
use serde_json::Value;

use super::{Empty, archived, entries, files, whole};
use crate::harness::Backend;
use crate::machines::unpublished::outs::secrets;
use crate::machines::unpublished::world::{At, World};

/// Checks both editions against what people know to have said; `gone` are words that are taken out now.
pub fn check(world: &World, gone: &[&str]) {
    let (server, seed) = (world.server, world.seed);
    server.mails();
    let made = |edition, format| archived(server, (server.db(), &files(server)), edition, format);
    let public = made(Edition::Public, Format::Archive);
    let text = whole(&public);
    for secret in secrets(world) {
        assert!(!text.contains(&secret), "seed {seed}: the public archive holds {secret:?}");
    }
    let mut expected: Vec<String> = world.published().map(|said| said.reference.clone()).collect();
    expected.sort_unstable();
    assert_eq!(references(&public), expected, "seed {seed}: the public archive");
    for said in world.published() {
        assert!(text.contains(&said.word), "seed {seed}: the public archive lacks {}", said.word);
        assert_eq!(text.contains(&said.spare), !said.is_redacted, "seed {seed}: {}", said.spare);
    }

    let commission = made(Edition::Commission, Format::Archive);
    let text = whole(&commission);
    let mut all: Vec<String> = world.said.iter().map(|said| said.reference.clone()).collect();
    all.sort_unstable();
    assert_eq!(references(&commission), all, "seed {seed}: the archive of the Commission");
    for author in &world.authors {
        assert!(!text.contains(&author.person.email), "seed {seed}: {}", author.person.email);
    }
    for word in gone {
        assert!(!text.contains(word), "seed {seed}: the archive of the Commission holds {word}");
    }
    for said in world.said.iter().filter(|said| !said.is_redacted && said.at != At::Over) {
        assert!(text.contains(&said.word), "seed {seed}: the archive of the Commission lacks {}", said.word);
    }
    let manifest: Value = serde_json::from_slice(&entries(&public)["manifest.json"]).unwrap();
    let left_out: u64 = manifest["left_out"].as_object().unwrap().values().filter_map(Value::as_u64).sum();
    let held = u64::try_from(expected.len()).unwrap();
    assert_eq!(held + left_out, u64::try_from(world.said.len()).unwrap(), "seed {seed}: they are all there are");

    for (bytes, edition) in [(&public, Edition::Public), (&commission, Edition::Commission)] {
        let other = Empty::on(Backend::Sqlite);
        other.read(server, bytes).unwrap_or_else(|error| panic!("seed {seed}: {edition}: {error}"));
        let again = archived(server, (&other.db, &other.files), edition, Format::Archive);
        let (mut before, mut after) = (entries(bytes), entries(&again));
        // A public portal does not know what it never held.
        before.remove("manifest.json");
        after.remove("manifest.json");
        assert_eq!(
            other_line(&before, &after),
            None,
            "seed {seed}: {edition} is another one when read in and written again"
        );
    }
}

/// The first part in which two archives differ, and the line.
fn other_line(
    before: &BTreeMap<String, Vec<u8>>,
    after: &BTreeMap<String, Vec<u8>>,
) -> Option<(String, String, String)> {
    let lines = |part: Option<&Vec<u8>>| String::from_utf8_lossy(part.map_or(&[][..], Vec::as_slice)).into_owned();
    before.keys().chain(after.keys()).find_map(|name| {
        let (before, after) = (lines(before.get(name)), lines(after.get(name)));
        let longest = before.lines().count().max(after.lines().count());
        let line = |text: &str, at: usize| text.lines().nth(at).unwrap_or_default().to_owned();
        let at = (0..longest).find(|at| line(&before, *at) != line(&after, *at))?;
        Some((name.clone(), line(&before, at), line(&after, at)))
    })
}

/// The references of the comments of an archive, in order.
fn references(bytes: &[u8]) -> Vec<String> {
    let comments = String::from_utf8(entries(bytes)["comments.jsonl"].clone()).unwrap();
    let reference = |line: &str| {
        let row: Value = serde_json::from_str(line).unwrap();
        row["reference"].as_str().unwrap().to_owned()
    };
    let mut all: Vec<String> = comments.lines().map(reference).collect();
    all.sort_unstable();
    all
}
