//! What an author says about an answer, read strictly.

use crate::norms::words::graphemes;
use crate::web::{Fields, Form, Language};

/// The longest remark, in graphemes.
pub const LONGEST_REMARK: usize = 2_000;

/// Whether the answer satisfies, and what else is said; or the form with every error found.
pub fn satisfaction(fields: &Fields, lang: &Language) -> Result<(bool, String), Form> {
    let mut form = Form::filled(fields.clone());
    let is_satisfied = match fields.get("satisfied") {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    };
    if is_satisfied.is_none() {
        form.error("satisfied", lang.t("answer-missing"));
    }
    let remark = fields.get("remark");
    let length = graphemes(remark);
    if length > LONGEST_REMARK {
        form.error("remark", lang.t2("compose-too-long", ("longest", LONGEST_REMARK), ("length", length)));
    }
    match is_satisfied {
        Some(is_satisfied) if !form.failed() => Ok((is_satisfied, remark.to_owned())),
        _ => Err(form),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::language;

    #[test]
    fn yes_or_no_and_a_remark_if_there_is_one() {
        let read = |satisfied: &str, remark: &str| {
            let fields = Fields::default().with("satisfied", satisfied).with("remark", remark);
            satisfaction(&fields, language::named("en")).map_err(|form| form.errors().len())
        };
        assert_eq!(read("yes", ""), Ok((true, String::new())));
        assert_eq!(read("no", " Why? "), Ok((false, "Why?".to_owned())));
        assert_eq!(read("maybe", &"x".repeat(LONGEST_REMARK + 1)), Err(2));
    }
}
