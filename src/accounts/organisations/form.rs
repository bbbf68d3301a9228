//! What a founder types about an organisation, checked.

use super::found::Founding;
use crate::accounts::model::DisplayName;
use crate::norms::vocabulary::Vocabulary;
use crate::web::{Fields, Form, Language};

/// Reads the form to found an organisation; errors go into `form`.
pub fn founding(fields: &Fields, form: &mut Form, vocabulary: &Vocabulary, lang: &Language) -> Option<Founding> {
    let name = DisplayName::parse(fields.get("name"));
    if name.is_none() {
        let id = if fields.get("name").is_empty() { "org-name-missing" } else { "account-organisation-wrong" };
        form.error("name", lang.t(id));
    }
    let group = fields.get("stakeholder_group");
    if !vocabulary.groups.has(group) {
        form.error("stakeholder_group", lang.t("org-group-missing"));
    }
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
    if form.failed() {
        return None;
    }
    let by_domain = fields.get("by_domain") == "yes";
    Some(Founding { name: name?.into_string(), stakeholder_group: group.to_owned(), country, by_domain })
}
