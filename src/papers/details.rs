//! What comments on words and levers need besides the part's text: the same questions and rules as in their composers.

use super::model::{Joined, Paper};
use crate::comments::body::Body;
use crate::comments::compose::{self, Fault, Selection};
use crate::comments::form;
use crate::comments::model::{Kind, Publication};
use crate::norms::model::TextVersion;
use crate::norms::vocabulary::Vocabulary;
use crate::web::{Fields, Form, Language};

/// The questions of each kind, by the names of the composers. The wording that was shown goes along.
pub const ASKED: [&str; 9] =
    ["clause", "quote", "occurrence", "change", "proposed_wording", "concern", "actor", "instrument", "text_version"];

/// Why a part is no comment yet.
pub struct Lacking {
    /// Fields, by their names in the composers, and what is wrong with them.
    pub faults: Vec<(&'static str, String)>,
    /// The places of words that stand in several.
    pub places: Vec<(usize, usize)>,
}

/// `paper` as the fields of the page say.
pub fn applied(mut paper: Paper, fields: &Fields) -> Paper {
    for (number, part) in (1..).zip(&mut paper.parts) {
        let own = fields.below(&format!("c{number}_"));
        for name in ASKED.into_iter().filter(|name| own.has(name)) {
            part.details.set(name, own.raw(name));
        }
    }
    paper
}

/// The form that shows what is asked.
pub fn filled(paper: &Paper, version: i64) -> Form {
    let mut form = Form::filled(Fields::default().with("version", version.to_string()));
    for it in paper.comments() {
        for name in ASKED {
            form.prefill(&format!("c{}_{name}", it.number), it.part.details.raw(name));
        }
        form.prefill(&format!("c{}_change", it.number), "replace");
    }
    form
}

/// What a part says as a comment on `version`.
pub fn body(it: &Joined, version: &TextVersion, vocabulary: &Vocabulary, lang: &Language) -> Result<Body, Lacking> {
    let mut fields = it.part.details.clone();
    // What becomes public is asked once for all parts, at the end.
    fields.set("publication", Publication::Commission.as_str());
    fields.set(if it.kind == Kind::Lever { "action" } else { "rationale" }, &it.text);
    let anchor = if it.kind == Kind::Wording { Some(anchor(version, &mut fields, lang)?) } else { None };
    let answers = form::parse(it.kind, anchor, fields, vocabulary, lang).map_err(|form| {
        let known = |name: &str| ASKED.into_iter().find(|asked| *asked == name).unwrap_or("change");
        let faults = form.errors().iter().map(|(name, message)| (known(name), message.clone())).collect();
        Lacking { faults, places: Vec::new() }
    })?;
    Ok(answers.body)
}

/// The words that a part is about. Those of an older version are looked for by their quote: a clause or a place may be
/// another now.
fn anchor(
    version: &TextVersion,
    fields: &mut Fields,
    lang: &Language,
) -> Result<crate::comments::anchor::Anchor, Lacking> {
    let lacking = |name, message: &str, places| Lacking { faults: vec![(name, lang.t(message))], places };
    let shown = fields.get("text_version");
    let is_older = !shown.is_empty() && shown != version.id.to_string();
    if is_older {
        fields.set("clause", "");
        fields.set("occurrence", "");
    }
    match compose::select(version, fields) {
        Ok(Selection::Words(anchor)) => Ok(anchor),
        _ if is_older => Err(lacking("quote", "compose-text-changed", Vec::new())),
        Ok(Selection::Several(places)) => Err(lacking("occurrence", "papers-which", places)),
        Ok(Selection::Nothing) => Err(lacking("quote", "papers-words-missing", Vec::new())),
        Err(fault @ Fault::UnknownClause) => Err(lacking("clause", fault.message(), Vec::new())),
        Err(fault) => Err(lacking("quote", fault.message(), Vec::new())),
    }
}
