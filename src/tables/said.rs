//! What an author's comments come to in the ISO form: it has no fields for concern, for what would do, and for most of a
//! lever. So a table of one's own comments that comes back says less than they did, and is the same all the same.

use std::collections::HashMap;

use super::columns::{ISO, Layout};
use super::model::{Row, Table};
use super::rows::{Outcome, Reader};
use crate::comments::iso::{self, WHOLE};
use crate::comments::model::Comment;
use crate::comments::store as comments;
use crate::db::{AnyConnection, DbResult};
use crate::ids::{AccountId, NormId};
use crate::web::Fields;

/// The most comments of an author that are looked at.
const MOST: i64 = 2_000;

/// The author's comments that a table of this layout has to be compared with field by field.
pub fn mine(conn: &mut AnyConnection, account: AccountId, layout: Layout) -> DbResult<Vec<Comment>> {
    if layout == Layout::Iso { comments::kept_of_account(conn, account, MOST) } else { Ok(Vec::new()) }
}

/// Text and digest of what each comment says as a row of the ISO form, with its reference. One on a text that is no
/// longer open is left out, and so is one that the form can't say.
pub fn in_iso_form(mine: &[Comment], reader: &Reader) -> HashMap<(NormId, String), String> {
    let (mut rows, mut references, mut chosen) = (Vec::new(), Vec::new(), Fields::default());
    for comment in mine {
        let mut texts = reader.texts.iter();
        let text = texts.find(|(norm, version)| norm.id == comment.norm_id && version.id == comment.text_version_id);
        let Some((norm, version)) = text else { continue };
        let whole = format!("{} {WHOLE}", norm.number);
        let cells = iso::Row::of(comment, 1, norm, version, &whole, reader.vocabulary).cells();
        let cells =
            ISO.iter().zip(cells).fold(Fields::default(), |cells, (column, text)| cells.with(column.as_str(), text));
        if let Some(anchor) = comment.body.anchor() {
            chosen.set(&format!("place-{}", rows.len()), format!("{}-{}", anchor.first_word, anchor.last_word));
        }
        rows.push(Row::of(cells));
        references.push(comment.reference.clone());
    }
    let table = table(rows);
    let judged = reader.judge(&table, &chosen, &HashMap::new()).into_iter().zip(references);
    let said = judged.filter_map(|(row, reference)| match row.outcome {
        Outcome::Comment { text, body, .. } => Some(((reader.texts.get(text)?.0.id, body.digest()), reference)),
        Outcome::Which(..) | Outcome::Wrong(_) => None,
    });
    said.collect()
}

fn table(rows: Vec<Row>) -> Table {
    Table {
        file: String::new(),
        sha256: String::new(),
        is_own: false,
        about: String::new(),
        unread: Vec::new(),
        skipped: Vec::new(),
        by_position: false,
        rows,
    }
}
