//! What the form of the report carries, read strictly.

use super::model::{LONGEST, Words};
use crate::norms::words::graphemes;
use crate::web::{Fields, Form, Language};

/// The texts, or the form with every error found.
pub fn words(fields: &Fields, lang: &Language) -> Result<Words, Form> {
    let mut form = Form::filled(fields.clone());
    for name in ["overview", "summary"] {
        let length = graphemes(fields.get(name));
        if length > LONGEST {
            form.error(name, lang.t2("compose-too-long", ("longest", LONGEST), ("length", length)));
        }
    }
    if form.failed() {
        return Err(form);
    }
    Ok(Words { overview: fields.get("overview").to_owned(), summary: fields.get("summary").to_owned() })
}
