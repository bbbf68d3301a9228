//! What staff fill in about how a comment came, read strictly.

use chrono::NaiveDate;

use super::model::{Came, LONGEST_EVENT};
use crate::accounts::form::{details, email};
use crate::clock::Moment;
use crate::norms::vocabulary::Vocabulary;
use crate::norms::words::graphemes;
use crate::web::{Fields, Form, Language};

/// The fields, to be carried along while the comment itself is composed.
pub const FIELDS: [&str; 10] = [
    "channel",
    "received_on",
    "event",
    "name",
    "stakeholder_group",
    "organisation",
    "country",
    "on_behalf_of",
    "email",
    "begun_for",
];

/// How the comment came and whose it is, or the form with every error found.
pub fn came(fields: &Fields, now: Moment, vocabulary: &Vocabulary, lang: &Language) -> Result<Came, Form> {
    let mut form = Form::filled(fields.clone());
    let channel = fields.get("channel");
    if !vocabulary.channels.has(channel) {
        form.error("channel", lang.t("received-channel-missing"));
    }
    let on = received_on(fields.get("received_on"), now, &mut form, lang);
    let event = fields.get("event").split_whitespace().collect::<Vec<_>>().join(" ");
    let length = graphemes(&event);
    if length > LONGEST_EVENT {
        form.error("event", lang.t2("compose-too-long", ("longest", LONGEST_EVENT), ("length", length)));
    }
    let author = details(fields, &mut form, vocabulary, lang);
    let email = if fields.get("email").is_empty() { None } else { email(fields, &mut form, lang) };
    match (on, author) {
        (Some(on), Some(author)) if !form.failed() => {
            Ok(Came { channel: channel.to_owned(), on, event, author, email })
        }
        _ => Err(form),
    }
}

fn received_on(typed: &str, now: Moment, form: &mut Form, lang: &Language) -> Option<NaiveDate> {
    let on = NaiveDate::parse_from_str(typed, "%Y-%m-%d").ok();
    let fault = match on {
        None if typed.is_empty() => "received-on-missing",
        None => "received-on-wrong",
        Some(on) if on > now.date() => "received-on-future",
        Some(_) => return on,
    };
    form.error("received_on", lang.t(fault));
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::norms::vocabulary::SHIPPED;
    use crate::web::language;

    fn read(change: &[(&str, &str)]) -> Result<Came, Vec<String>> {
        let sound = [
            ("channel", "letter"),
            ("received_on", "2026-11-20"),
            ("name", "Ada"),
            ("stakeholder_group", "individual"),
        ];
        let fields = sound.iter().chain(change).fold(Fields::default(), |it, (name, value)| it.with(name, *value));
        let now = "2026-11-23T12:00:00".parse().unwrap();
        came(&fields, now, &Vocabulary::parse(SHIPPED).unwrap(), language::named("en"))
            .map_err(|form| form.errors().iter().map(|(name, _)| name.to_string()).collect())
    }

    #[test]
    fn an_address_may_be_unknown_but_not_wrong() {
        let it = read(&[("event", " Hearing \n of May ")]).unwrap();
        assert_eq!((it.email, it.event.as_str()), (None, "Hearing of May"));
        assert_eq!(read(&[("email", "ADA@example.org")]).unwrap().email.unwrap().as_str(), "ada@example.org");
        assert_eq!(read(&[("email", "ada")]), Err(vec!["email".to_owned()]));
    }

    #[test]
    fn every_fault_is_named() {
        let wrong = |name: &str, value: &str| read(&[(name, value)]).unwrap_err();
        for (name, value) in [
            ("channel", ""),
            ("channel", "pigeon"),
            ("received_on", ""),
            ("received_on", "20.11.2026"),
            ("received_on", "2026-11-31"),
            ("received_on", "2026-11-24"),
            ("name", ""),
            ("stakeholder_group", "nobody"),
        ] {
            assert_eq!(wrong(name, value), [name], "{value:?}");
        }
        assert_eq!(wrong("event", &"a".repeat(LONGEST_EVENT + 1)), ["event"]);
    }
}
