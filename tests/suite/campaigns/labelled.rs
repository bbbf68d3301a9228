//! How well letters are put together, on synthetic sets in which it is known which belong together: no set of real form
//! letters can be had where these tests run.

use std::collections::BTreeMap;

use norm_portal::db::DbError;
use norm_portal::ids::CommentId;
use norm_portal::norms;

use super::forms::FORMS;
use super::letters::{Dice, mixed, pairwise};
use super::rows::{NORM, stored};
use super::singles::{SHORT, single};
use crate::harness::rows::Rows;
use crate::harness::{Server, on_both};

fn quotes(server: &Server) -> Vec<String> {
    let body: Result<String, DbError> = server.db().read_blocking(|conn| {
        let norm = norms::store::norm_by_slug(conn, NORM)?.expect("the norm");
        Ok(norms::store::current_version(conn, norm.id)?.body)
    });
    let body = body.unwrap();
    let words: Vec<&str> = body.split_whitespace().collect();
    let whole = words.join(" ");
    vec![whole, words[..words.len() / 2].join(" "), words[words.len() / 3..].join(" ")]
}

/// The cluster of each letter, as a number.
fn clusters(server: &Server, ids: &[CommentId]) -> Vec<usize> {
    let rows = Rows::of(server.db());
    let encode = if server.database_url().is_some() { "encode(%, 'hex')" } else { "lower(hex(%))" };
    let pair = format!("{} || ' ' || {}", encode.replace('%', "comment_id"), encode.replace('%', "cluster_id"));
    let pairs = rows.names(&format!("SELECT {pair} AS t FROM cluster_members"));
    let of: BTreeMap<String, String> =
        pairs.iter().map(|pair| pair.split_once(' ').map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap()).collect();
    let mut numbers = BTreeMap::new();
    ids.iter()
        .map(|id| {
            let next = numbers.len();
            *numbers.entry(of[&id.to_string().replace('-', "")].clone()).or_insert(next)
        })
        .collect()
}

fn holds(server: &Server, seed: u64, each: usize) {
    let quotes = quotes(server);
    let mut dice = Dice(seed ^ 0x4d);
    let mut own: Vec<String> = (0..each * 4).map(|at| single(&quotes[at % quotes.len()], &mut dice)).collect();
    own.extend(SHORT.iter().map(|&text| text.to_owned()));
    let quotes: Vec<&str> = quotes.iter().map(String::as_str).collect();
    let letters = mixed(FORMS, &quotes, each, &own, seed);
    let texts: Vec<String> = letters.iter().map(|letter| letter.text.clone()).collect();
    let ids = stored(server, &texts);
    server.porter_round();
    let labels: Vec<usize> = letters.iter().map(|letter| letter.label).collect();
    let found = clusters(server, &ids);
    let (precision, recall) = pairwise(&labels, &found);
    println!("{} letters, seed {seed}: pairwise precision {precision:.4}, recall {recall:.4}", letters.len());
    for (label, form) in FORMS.iter().enumerate() {
        let mut parts = BTreeMap::new();
        for at in (0..labels.len()).filter(|at| labels[*at] == label) {
            *parts.entry(found[at]).or_insert(0) += 1;
        }
        println!("  {:30} {:?}", form.greetings[0], parts.values().collect::<Vec<_>>());
    }
    assert!(precision >= 0.98 && recall >= 0.95, "precision {precision:.4}, recall {recall:.4}");
}

on_both! {
    fn letters_of_a_campaign_are_together_and_others_are_not(server: Server) {
        holds(&server, 1, 25);
    }
}

#[test]
fn other_letters_do_as_well() {
    for seed in 2..4 {
        holds(&Server::start(crate::harness::Backend::Sqlite), seed, 25);
    }
}
