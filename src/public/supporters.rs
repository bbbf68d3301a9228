//! Who put their name to a public comment: names in the order of signing, counts by group in the order of the
//! vocabulary. Never used to order comments.

use crate::accounts::organisations::model::Organisation;
use crate::accounts::organisations::store as organisations;
use crate::clock::Moment;
use crate::comments::cosigning::model::{Cosignature, GroupCount};
use crate::comments::cosigning::store;
use crate::comments::model::Comment;
use crate::db::{AnyConnection, DbResult};
use crate::ids::AccountId;
use crate::norms::store as norms;
use crate::norms::vocabulary::Vocabulary;

/// The most names that a page shows; the others are counted.
const MOST_NAMES: i64 = 50;

/// The names under a comment, and what the viewer may add.
pub struct Supporters {
    first: Vec<Cosignature>,
    by_group: Vec<GroupCount>,
    /// Whether the viewer, or whoever signs in, may add a name now.
    pub is_open: bool,
    /// Whether the viewer's name is under it, or that of their organisation.
    pub is_signed: bool,
    /// The organisation whose name the viewer may add; empty if none.
    pub organisation: String,
}

/// The names and counts in words.
pub struct Listed {
    /// Organisations: name, group, country.
    pub organisations: Vec<(String, String, String)>,
    /// People: name, group, country.
    pub people: Vec<(String, String, String)>,
    /// How many more there are than are shown.
    pub more: i64,
    /// How many there are.
    pub all: i64,
    /// Group, organisations, people.
    pub groups: Vec<(String, i64, i64)>,
}

/// The names under `comment`, as `viewer` sees them.
pub fn read(
    conn: &mut AnyConnection,
    comment: &Comment,
    viewer: Option<AccountId>,
    now: Moment,
) -> DbResult<Supporters> {
    let organisation = match viewer {
        Some(viewer) => organisations::of_member(conn, viewer)?.filter(Organisation::is_confirmed),
        None => None,
    };
    let signed = match viewer {
        Some(viewer) => store::by_account(conn, comment.id, viewer)?.is_some(),
        None => false,
    };
    let is_taken = norms::consultation(conn)?.is_some_and(|it| it.is_open(now));
    Ok(Supporters {
        first: store::first(conn, comment.id, MOST_NAMES)?,
        by_group: store::by_group(conn, comment.id)?,
        is_signed: signed,
        is_open: is_taken && viewer != Some(comment.author.account),
        organisation: organisation.map(|it| it.name).unwrap_or_default(),
    })
}

impl Supporters {
    /// In the words of the vocabulary.
    pub fn listed(&self, vocabulary: &Vocabulary) -> Listed {
        let (organisations, people): (Vec<_>, Vec<_>) = self.first.iter().partition(|it| it.organisation_id.is_some());
        let name = |it: &&Cosignature| {
            let code = it.country.as_deref().unwrap_or_default();
            let country = rust_iso3166::from_alpha2(code).map(|country| country.name.to_owned());
            let group = vocabulary.groups.label_or_code(&it.stakeholder_group).to_owned();
            (it.public_name().to_owned(), group, country.unwrap_or_default())
        };
        let all = self.by_group.iter().map(|it| it.organisations + it.people).sum();
        let place = |group: &str| vocabulary.groups.items().iter().position(|item| item.code == group);
        let mut groups: Vec<&GroupCount> = self.by_group.iter().collect();
        groups.sort_by_key(|it| (place(&it.group).is_none(), place(&it.group), it.group.clone()));
        Listed {
            organisations: organisations.iter().map(name).collect(),
            people: people.iter().map(name).collect(),
            more: all - i64::try_from(self.first.len()).unwrap_or(all),
            all,
            groups: groups
                .into_iter()
                .map(|it| (vocabulary.groups.label_or_code(&it.group).to_owned(), it.organisations, it.people))
                .collect(),
        }
    }
}
