//! The page of access leaves nothing out: `docs/security/access.md` against what is held of people and the words of ours.

use norm_portal::accounts::own_words::WORDS;
use norm_portal::data_rights::held::HELD;
use norm_portal::norms::package::SHIPPED;

use super::sources::{assert_none, files};

fn page() -> String {
    let found = files("docs/security", &[".md"]).into_iter().find(|source| source.path == "docs/security/access.md");
    found.expect("docs/security/access.md").text
}

#[test]
fn every_table_that_holds_something_of_a_person_stands_in_it() {
    let page = page();
    let tables = HELD.iter().flat_map(|held| held.columns).map(|(table, _)| *table);
    let missing = tables.filter(|table| !page.contains(&format!("`{table}`")));
    assert_none("docs/security/access.md does not say who reads and writes these", missing.map(str::to_owned));
}

#[test]
fn the_words_of_ours_are_those_of_the_program_and_name_the_norms() {
    let page = page();
    let listed = page.split("the roles:").nth(1).and_then(|rest| rest.split('.').next()).expect("the list");
    let listed: Vec<&str> = listed.split(',').map(str::trim).collect();
    assert_eq!(listed, WORDS);
    let titles =
        SHIPPED.lines().filter(|line| ["title = ", "commission = ", "code = "].iter().any(|key| line.starts_with(key)));
    let words = titles.flat_map(|line| line.split_once('=').unwrap().1.split(|c: char| !c.is_alphanumeric()));
    let missing = words.map(str::to_lowercase).filter(|word| word.len() > 3 && !WORDS.contains(&word.as_str()));
    assert_none("words of ours that a password may be made of", missing);
}
