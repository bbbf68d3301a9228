//! The page of parts: what its fields say becomes the paper, and what is wrong with it is named at the field.

use super::model::{LONGEST_PAPER, LONGEST_TITLE, Paper, Role};
use crate::comments::body::LONGEST_TEXT;
use crate::norms::model::Norm;
use crate::norms::words::graphemes;
use crate::web::{Fields, Form, Language};

/// `paper` as the fields of the page say. A field that did not come leaves what was there.
pub fn applied(mut paper: Paper, fields: &Fields) -> Paper {
    let sent = |name: &str| fields.has(name);
    if sent("title") {
        fields.get("title").clone_into(&mut paper.title);
    }
    for (number, part) in (1..).zip(&mut paper.parts) {
        let (text, norm, role) = (format!("p{number}_text"), format!("p{number}_norm"), format!("p{number}_role"));
        if sent(&text) {
            fields.get(&text).clone_into(&mut part.text);
        }
        if sent(&norm) {
            fields.get(&norm).clone_into(&mut part.norm);
        }
        if sent(&role) {
            part.role = Role::parse(fields.get(&role));
        }
    }
    paper
}

/// The form that shows `paper`.
pub fn filled(paper: &Paper, version: i64) -> Form {
    let mut fields = Fields::default().with("title", &paper.title).with("version", version.to_string());
    for (number, part) in (1..).zip(&paper.parts) {
        fields.set(&format!("p{number}_text"), &part.text);
        fields.set(&format!("p{number}_norm"), &part.norm);
        fields.set(&format!("p{number}_role"), part.role.map_or("", Role::as_str));
    }
    Form::filled(fields)
}

/// Names in `form` what keeps `paper` from becoming comments.
pub fn check(form: &mut Form, paper: &Paper, norms: &[Norm], lang: &Language) {
    check_title(form, &paper.title, lang);
    let whole = graphemes(&paper.text());
    if whole > LONGEST_PAPER {
        form.error("title", too_long(lang, "papers-too-long", LONGEST_PAPER, whole));
    }
    for (number, part) in (1..).zip(&paper.parts) {
        let mut fail = |field: &str, message: &str| {
            form.error(format!("p{number}_{field}"), lang.t1(message, "number", number));
        };
        let Some(role) = part.role else {
            fail("role", "papers-role-missing");
            continue;
        };
        if role == Role::Before && number == 1 {
            fail("role", "papers-nothing-before");
        }
        if role.kind().is_some() {
            if part.text.trim().is_empty() {
                fail("text", "papers-part-empty");
            }
            if !norms.iter().any(|norm| norm.slug == part.norm) {
                fail("norm", "papers-norm-missing");
            }
        }
    }
    let comments = paper.comments();
    for it in &comments {
        let length = graphemes(&it.text);
        if length > LONGEST_TEXT {
            let (number, longest, length) = (it.number.to_string(), LONGEST_TEXT.to_string(), length.to_string());
            let args = [("number", number.as_str()), ("longest", &longest), ("length", &length)];
            form.error(format!("p{number}_text"), lang.plain("papers-part-too-long", &args));
        }
    }
    if comments.is_empty() && !form.failed() {
        form.error("p1_role", lang.t("papers-no-comment"));
    }
}

/// Names in `form` what is wrong with the title.
pub fn check_title(form: &mut Form, title: &str, lang: &Language) {
    let length = graphemes(title);
    if title.is_empty() {
        form.error("title", lang.t("papers-title-missing"));
    } else if length > LONGEST_TITLE {
        form.error("title", too_long(lang, "compose-too-long", LONGEST_TITLE, length));
    }
}

/// A message that says how long a text may be and is.
pub fn too_long(lang: &Language, message: &str, longest: usize, length: usize) -> String {
    let (longest, length) = (longest.to_string(), length.to_string());
    lang.plain(message, &[("longest", &longest), ("length", &length)])
}
