//! The filters of the audit log, as an address or a form carries them.

use chrono::{Days, NaiveDate};

use super::actions;
use crate::audit::Asked;
use crate::clock::Moment;
use crate::ids::AccountId;
use crate::web::language::Language;
use crate::web::{Fields, Form};

/// What stands for nobody with an account.
pub const NOBODY: &str = "portal";

/// The names of the filters.
pub const NAMES: &[&str] = &["who", "action", "subject", "from", "to"];

/// The longest subject that is looked for.
const LONGEST_SUBJECT: usize = 200;

/// The filters; a fault of any becomes an error of the form.
pub fn asked(lang: &Language, fields: &Fields) -> (Asked, Form) {
    let mut form = Form::filled(fields.clone());
    let actor = match fields.get("who") {
        "" => None,
        NOBODY => Some(None),
        id => {
            let id = AccountId::parse(id);
            if id.is_none() {
                form.error("who", lang.t("audit-who-wrong"));
            }
            Some(id)
        }
    };
    let action = Some(fields.get("action")).filter(|action| !action.is_empty());
    if action.is_some_and(|action| !actions::is_known(action)) {
        form.error("action", lang.t("audit-what-wrong"));
    }
    let subject = Some(fields.get("subject")).filter(|subject| !subject.is_empty());
    let from = day(lang, fields, &mut form, "from");
    let to = day(lang, fields, &mut form, "to").and_then(|day| day.checked_add_days(Days::new(1)));
    let asked = Asked {
        actor,
        action: action.map(str::to_owned),
        subject: subject.map(|subject| subject.chars().take(LONGEST_SUBJECT).collect()),
        from: from.map(begin),
        to: to.map(begin),
    };
    (asked, form)
}

fn begin(day: NaiveDate) -> Moment {
    day.and_time(chrono::NaiveTime::MIN)
}

/// A day that both databases can hold.
fn day(lang: &Language, fields: &Fields, form: &mut Form, name: &'static str) -> Option<NaiveDate> {
    use chrono::Datelike as _;
    let text = fields.get(name);
    let day = text.parse::<NaiveDate>().ok().filter(|day| (1970..3000).contains(&day.year()));
    if day.is_none() && !text.is_empty() {
        form.error(name, lang.t("audit-day-wrong"));
    }
    day
}

/// The filters as names and values, for an address.
pub fn pairs(fields: &Fields) -> Vec<(&'static str, &str)> {
    NAMES.iter().map(|name| (*name, fields.get(name))).filter(|(_, value)| !value.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::language::named;

    fn fields(pairs: &[(&str, &str)]) -> Fields {
        pairs.iter().fold(Fields::default(), |fields, (name, value)| fields.with(name, *value))
    }

    #[test]
    fn the_last_day_is_meant_whole() {
        let (asked, form) = asked(named("en"), &fields(&[("from", "2026-11-01"), ("to", "2026-11-02")]));
        assert!(!form.failed());
        assert_eq!(asked.from.unwrap().to_string(), "2026-11-01 00:00:00");
        assert_eq!(asked.to.unwrap().to_string(), "2026-11-03 00:00:00");
    }

    #[test]
    fn what_can_not_be_asked_for_is_an_error_beside_its_field() {
        for (name, value) in [("who", "me"), ("action", "comment.eaten"), ("from", "yesterday"), ("to", "9999-12-31")] {
            let (_, form) = asked(named("en"), &fields(&[(name, value)]));
            assert!(!form.error_of(name).is_empty(), "{name}");
        }
        let (asked, form) = asked(named("en"), &fields(&[("who", NOBODY)]));
        assert!(!form.failed() && asked.actor == Some(None));
    }
}
