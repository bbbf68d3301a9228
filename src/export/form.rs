//! The form that asks for an export: its fields, or the form with its errors.

use super::model::{Edition, Format, Refused, Request};
use crate::comments::model::State;
use crate::web::{Fields, Form, Language};

/// The form as it is shown first.
pub fn fresh() -> Form {
    Form::filled(Fields::default().with("edition", Edition::Public.as_str()).with("format", Format::Csv.as_str()))
}

/// The request in `fields`; `slugs` are the norms there are. An empty `norm` is all of them, an empty `status` is the
/// usual one. The byte order mark counts for
/// CSV only.
pub fn parse(lang: &Language, fields: Fields, slugs: &[String]) -> Result<Request, Form> {
    let edition = Edition::parse(fields.get("edition"));
    let format = Format::parse(fields.get("format"));
    let (norm, status) = (fields.get("norm").to_owned(), fields.get("status").to_owned());
    let marked = fields.get("bom").to_owned();
    let mut form = Form::filled(fields);
    if edition.is_none() {
        form.error("edition", lang.t("export-error-edition"));
    }
    if format.is_none() {
        form.error("format", lang.t("export-error-format"));
    }
    if !norm.is_empty() && !slugs.contains(&norm) {
        form.error("norm", lang.t("export-error-norm"));
    }
    let asked = State::parse(&status);
    if !status.is_empty() && asked.is_none() {
        form.error("status", lang.t("export-error-status"));
    }
    if !matches!(marked.as_str(), "" | "yes") {
        form.error("bom", lang.t("export-error-bom"));
    }
    let (Some(edition), Some(format), false) = (edition, format, form.failed()) else { return Err(form) };
    let bom = marked == "yes" && format.takes_mark();
    let request = Request { edition, format, norm: Some(norm).filter(|norm| !norm.is_empty()), status: asked, bom };
    match request.check() {
        Ok(()) => Ok(request),
        Err(refused) => Err(refuse(lang, form, refused)),
    }
}

/// `form` with the reason of a refusal at its field.
pub fn refuse(lang: &Language, mut form: Form, refused: Refused) -> Form {
    match refused {
        Refused::PublicIsPublished => form.error("status", lang.t("export-error-public-status")),
        Refused::SheetOfTheCommission => form.error("edition", lang.t("export-error-sheet-edition")),
        Refused::SheetWithStatus => form.error("status", lang.t("export-error-sheet-status")),
        Refused::ArchiveOfAll => form.error("norm", lang.t("export-error-archive-all")),
        Refused::AddressesOfTheCommission => form.error("edition", lang.t("export-error-addresses")),
        Refused::MarkOfCsv => form.error("bom", lang.t("export-error-bom")),
    }
    form
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::language;

    fn parsed(pairs: &str) -> Result<Request, Form> {
        parse(language::named("en"), Fields::decode(pairs.as_bytes()).unwrap(), &["botnets".to_owned()])
    }

    #[test]
    fn a_whole_form_is_a_request() {
        let request = parsed("edition=commission&format=csv&norm=botnets&status=pending&bom=yes").unwrap();
        let expected = Request {
            edition: Edition::Commission,
            format: Format::Csv,
            norm: Some("botnets".into()),
            status: Some(State::Pending),
            bom: true,
        };
        assert_eq!(request, expected);
        let least = parsed("edition=public&format=xlsx&norm=&status=&bom=yes").unwrap();
        assert_eq!((least.norm, least.status, least.bom), (None, None, false));
    }

    #[test]
    fn each_wrong_value_is_named_at_its_field() {
        let fields = |pairs| -> Vec<String> {
            parsed(pairs).unwrap_err().errors().iter().map(|(field, _)| field.to_string()).collect()
        };
        assert_eq!(fields(""), ["edition", "format"]);
        assert_eq!(
            fields("edition=all&format=pdf&norm=x&status=open&bom=1"),
            ["edition", "format", "norm", "status", "bom"]
        );
        assert_eq!(fields("edition=public&format=csv&status=pending"), ["status"]);
        assert!(parsed("edition=public&format=csv&status=published").is_ok());
    }
}
