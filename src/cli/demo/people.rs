//! Synthetic authors and staff of the demo. Knows accounts.

use norm_portal::accounts::model::{Account, Details, OnBehalfOf};
use norm_portal::clock::Moment;
use norm_portal::ids::AccountId;
use norm_portal::norms::vocabulary::Vocabulary;
use norm_portal::web::{Role, language};

use super::dice::Dice;
use super::words::{COUNTRIES, ENGLISH, TONGUES, Tongue};

/// Dice streams from here on are people's; those below are comments'.
const STREAM: u64 = 1 << 40;

/// The address of the demo account with this name.
pub fn address(name: &str) -> String {
    format!("{name}@example.org")
}

/// The language author `number` writes in.
pub fn tongue(number: usize) -> &'static Tongue {
    TONGUES.get(number % TONGUES.len().max(1)).copied().unwrap_or(&ENGLISH)
}

/// How many people write `comments` comments.
pub fn how_many(comments: usize) -> usize {
    (comments / 3).clamp(24, 4000)
}

fn account(email: String, details: Details, role: Role, password_hash: &str, since: Moment) -> Account {
    Account {
        id: AccountId::new(),
        email,
        details,
        language: language::DEFAULT.to_owned(),
        password_hash: password_hash.to_owned(),
        role,
        confirmed_at: Some(since),
        version: 1,
    }
}

/// A person at the Secretariat's desk.
pub fn staff(name: &str, role: Role, password_hash: &str, since: Moment) -> Account {
    let details = Details {
        name: format!(
            "Synthetic {}{}",
            name.chars().take(1).flat_map(char::to_uppercase).collect::<String>(),
            name.get(1..).unwrap_or_default()
        ),
        stakeholder_group: "other".to_owned(),
        organisation: None,
        country: None,
        on_behalf_of: OnBehalfOf::Myself,
    };
    account(address(name), details, role, password_hash, since)
}

/// Author `number`; number 0 is the one whose password is printed.
pub fn author(seed: u64, number: usize, vocabulary: &Vocabulary, password_hash: &str, since: Moment) -> Account {
    let mut dice = Dice::new(seed, STREAM | u64::try_from(number).unwrap_or_default());
    let groups = vocabulary.groups.items();
    let group = groups.get(number % groups.len().max(1)).map_or("other", |item| item.code.as_str());
    let numbered = |pattern: &str, n: usize| pattern.replace('#', &n.to_string());
    let alone = matches!(group, "individual" | "other");
    // Organisations are shared: about four people each, of one group.
    let organisation =
        (!alone).then(|| numbered(tongue(number).organisation, 1 + number % groups.len().max(1) + dice.below(9) * 10));
    let speaks_for = organisation.is_some() && !dice.once_in(3);
    let details = Details {
        name: numbered(tongue(number).author, number),
        stakeholder_group: group.to_owned(),
        organisation,
        country: (!dice.once_in(3)).then(|| dice.word(COUNTRIES).to_owned()),
        on_behalf_of: if speaks_for { OnBehalfOf::Organisation } else { OnBehalfOf::Myself },
    };
    let name = if number == 0 { "stakeholder".to_owned() } else { format!("author{number}") };
    account(address(&name), details, Role::Stakeholder, password_hash, since)
}
