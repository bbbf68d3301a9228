//! What people type about themselves, checked.

use super::model::{Details, DisplayName, Email, OnBehalfOf};
use super::password::{self, Weak};
use crate::norms::vocabulary::Vocabulary;
use crate::web::{Fields, Form, Language};

/// A registration that can go ahead.
#[derive(Clone)]
pub struct Registration {
    /// Where the confirmation goes.
    pub email: Email,
    /// The new password.
    pub password: String,
    /// Who registers.
    pub details: Details,
}

/// Reads the registration form; on errors, the form to show again. `portal` is the name of the portal's address.
pub fn registration(
    fields: &Fields,
    vocabulary: &Vocabulary,
    lang: &Language,
    portal: &str,
) -> Result<Registration, Form> {
    let mut form = Form::filled(fields.clone());
    let email = email(fields, &mut form, lang);
    let details = details(fields, &mut form, vocabulary, lang);
    let own = [fields.get("name"), fields.get("email"), fields.get("organisation"), portal];
    let password = new_password(fields, "password", &own, &mut form, lang);
    match (email, details, password) {
        (Some(email), Some(details), Some(password)) if !form.failed() => Ok(Registration { email, password, details }),
        _ => Err(form),
    }
}

/// Reads an address.
pub fn email(fields: &Fields, form: &mut Form, lang: &Language) -> Option<Email> {
    let email = Email::parse(fields.get("email"));
    if email.is_none() {
        let id = if fields.get("email").is_empty() { "account-email-missing" } else { "account-email-wrong" };
        form.error("email", lang.t(id));
    }
    email
}

/// Reads what a person says of themselves.
pub fn details(fields: &Fields, form: &mut Form, vocabulary: &Vocabulary, lang: &Language) -> Option<Details> {
    let name = DisplayName::parse(fields.get("name"));
    if name.is_none() {
        let id = if fields.get("name").is_empty() { "account-name-missing" } else { "account-name-wrong" };
        form.error("name", lang.t(id));
    }
    let group = fields.get("stakeholder_group");
    if !vocabulary.groups.has(group) {
        form.error("stakeholder_group", lang.t("account-group-missing"));
    }
    let organisation = match fields.get("organisation") {
        "" => None,
        text => {
            let organisation = DisplayName::parse(text);
            if organisation.is_none() {
                form.error("organisation", lang.t("account-organisation-wrong"));
            }
            organisation.map(DisplayName::into_string)
        }
    };
    let country = match fields.get("country") {
        "" => None,
        code => {
            let country = rust_iso3166::from_alpha2(&code.to_uppercase()).map(|country| country.alpha2.to_owned());
            if country.is_none() {
                form.error("country", lang.t("account-country-wrong"));
            }
            country
        }
    };
    let on_behalf_of = match fields.get("on_behalf_of") {
        "" => Some(OnBehalfOf::Myself),
        word => OnBehalfOf::parse(word),
    };
    match on_behalf_of {
        None => form.error("on_behalf_of", lang.t("account-on-behalf-wrong")),
        Some(OnBehalfOf::Organisation) if fields.get("organisation").is_empty() => {
            form.error("organisation", lang.t("account-organisation-missing"));
        }
        Some(_) => {}
    }
    if form.failed() {
        return None;
    }
    Some(Details {
        name: name?.into_string(),
        stakeholder_group: group.to_owned(),
        organisation,
        country,
        on_behalf_of: on_behalf_of?,
    })
}

/// Reads a new password; `own` are the person's words that may not make it up, and the portal's address.
pub fn new_password(
    fields: &Fields,
    name: &'static str,
    own: &[&str],
    form: &mut Form,
    lang: &Language,
) -> Option<String> {
    let password = fields.raw(name);
    let fault = match password::check(password, own) {
        Ok(()) => return Some(password.to_owned()),
        Err(Weak::TooShort) if password.is_empty() => "account-password-missing",
        Err(Weak::TooShort) => "account-password-short",
        Err(Weak::TooLong) => "account-password-long",
        Err(Weak::Common) => "account-password-common",
        Err(Weak::Breached) => "account-password-breached",
    };
    form.error(name, lang.t(fault));
    None
}

/// The form that shows `details`.
pub fn filled(details: &Details) -> Form {
    Form::filled(detail_fields(details))
}

/// `details` as the fields of their form.
pub fn detail_fields(details: &Details) -> Fields {
    Fields::default()
        .with("name", &details.name)
        .with("stakeholder_group", &details.stakeholder_group)
        .with("organisation", details.organisation.as_deref().unwrap_or_default())
        .with("country", details.country.as_deref().unwrap_or_default())
        .with("on_behalf_of", details.on_behalf_of.as_str())
}

/// Every country as (code, name), by name.
pub fn countries() -> Vec<(String, String)> {
    let mut countries: Vec<_> =
        rust_iso3166::ALL.iter().map(|country| (country.alpha2.to_owned(), country.name.to_owned())).collect();
    countries.sort_by(|(_, a), (_, b)| a.cmp(b));
    countries
}
