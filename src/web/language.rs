//! The words of the interface: Fluent files in `locales/<language>/`, embedded. A new folder is a new language.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use actix_web::HttpRequest;
use actix_web::dev::RequestHead;
use actix_web::http::header;
use chrono::{Datelike as _, NaiveDate, TimeDelta, Timelike as _};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use rust_embed::RustEmbed;
use unic_langid::{CharacterDirection, LanguageIdentifier};

use crate::clock::Moment;

#[derive(RustEmbed)]
#[folder = "locales"]
struct Locales;

/// The language every message exists in.
pub const DEFAULT: &str = "en";

/// A language of the interface.
pub struct Language {
    code: String,
    dir: &'static str,
    /// For pages: arguments are isolated, so that a name in another script does not turn the sentence around.
    isolating: FluentBundle<Arc<FluentResource>>,
    /// For mail headers, files and attributes: no invisible marks.
    plain: FluentBundle<Arc<FluentResource>>,
}

static LANGUAGES: LazyLock<BTreeMap<String, Language>> = LazyLock::new(|| {
    let mut sources: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for path in Locales::iter() {
        if let (Some((code, _)), Some(file)) = (path.split_once('/'), Locales::get(&path)) {
            sources.entry(code.to_owned()).or_default().push(String::from_utf8_lossy(&file.data).into_owned());
        }
    }
    sources.into_iter().filter_map(|(code, texts)| Some((code.clone(), Language::read(&code, texts)?))).collect()
});

impl Language {
    fn read(code: &str, texts: Vec<String>) -> Option<Self> {
        let id: LanguageIdentifier = code.parse().ok()?;
        let dir = if id.character_direction() == CharacterDirection::RTL { "rtl" } else { "ltr" };
        // A file with a fault still gives its sound messages; a test refuses the faulty ones.
        let read = |text: String| Arc::new(FluentResource::try_new(text).unwrap_or_else(|(sound, _)| sound));
        let resources: Vec<_> = texts.into_iter().map(read).collect();
        let bundle = |isolating| {
            let mut bundle = FluentBundle::new_concurrent(vec![id.clone()]);
            bundle.set_use_isolating(isolating);
            for resource in &resources {
                bundle.add_resource_overriding(Arc::clone(resource));
            }
            bundle
        };
        Some(Self { code: code.to_owned(), dir, isolating: bundle(true), plain: bundle(false) })
    }

    /// The code for `lang`.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// `ltr` or `rtl`, for `dir`.
    pub fn dir(&self) -> &str {
        self.dir
    }

    fn format(&self, bundle: &FluentBundle<Arc<FluentResource>>, id: &str, args: Option<&FluentArgs>) -> String {
        let pattern = bundle.get_message(id).and_then(|message| message.value());
        let Some(pattern) = pattern else {
            if self.code != DEFAULT {
                let fallback = default();
                return fallback.format(&fallback.isolating, id, args);
            }
            tracing::error!(id, "a message is missing");
            return format!("\u{27e6}{id}\u{27e7}");
        };
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, args, &mut errors).into_owned();
        if errors.is_empty() { text } else { format!("\u{27e6}{id}\u{27e7}") }
    }

    /// A message without arguments.
    pub fn t(&self, id: &str) -> String {
        self.format(&self.isolating, id, None)
    }

    /// A message with one argument.
    pub fn t1(&self, id: &str, name: &'static str, value: impl ToString) -> String {
        let args = FluentArgs::from_iter([(name, FluentValue::from(value.to_string()))]);
        self.format(&self.isolating, id, Some(&args))
    }

    /// A message with two arguments.
    pub fn t2(
        &self,
        id: &str,
        (name, value): (&'static str, impl ToString),
        (name2, value2): (&'static str, impl ToString),
    ) -> String {
        let args = FluentArgs::from_iter([
            (name, FluentValue::from(value.to_string())),
            (name2, FluentValue::from(value2.to_string())),
        ]);
        self.format(&self.isolating, id, Some(&args))
    }

    /// A message with the number `count`, in the language's plural form.
    pub fn tn(&self, id: &str, count: impl ToString) -> String {
        let count = count.to_string();
        let args = FluentArgs::from_iter([("count", FluentValue::try_number(&count))]);
        self.format(&self.isolating, id, Some(&args))
    }

    /// What a message says before and behind its one argument, for whoever sets that apart.
    pub fn around(&self, id: &str, name: &'static str) -> (String, String) {
        let text = self.plain(id, &[(name, "\u{fffc}")]);
        let (before, behind) = text.split_once('\u{fffc}').unwrap_or((&text, ""));
        (before.to_owned(), behind.to_owned())
    }

    /// A message for a mail, a file or an attribute: arguments without invisible marks.
    pub fn plain(&self, id: &str, args: &[(&'static str, &str)]) -> String {
        let args: FluentArgs = args.iter().map(|(name, value)| (*name, FluentValue::from(*value))).collect();
        self.format(&self.plain, id, Some(&args))
    }

    /// `17 January 2019`.
    pub fn date(&self, date: NaiveDate) -> String {
        let (day, year) = (date.day().to_string(), date.year().to_string());
        let month = self.t(&format!("month-{}", date.month()));
        self.plain("date-day", &[("day", &day), ("month", &month), ("year", &year)])
    }

    /// `17 January 2019, 23:59 UTC`.
    pub fn time(&self, at: Moment) -> String {
        let clock = format!("{:02}:{:02}", at.hour(), at.minute());
        self.plain("date-time", &[("date", &self.date(at.date())), ("time", &clock)])
    }

    /// A partial ISO date (`2019`, `2019-03`, `2019-03-14`) in words.
    pub fn partial_date(&self, iso: &str) -> String {
        let mut parts = iso.split('-');
        let (year, month, day) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
        let number = |text: Option<&str>| text.and_then(|text| text.parse::<u32>().ok());
        match (number(month), number(day)) {
            (Some(month), Some(day)) => self.plain(
                "date-day",
                &[("day", &day.to_string()), ("month", &self.t(&format!("month-{month}"))), ("year", year)],
            ),
            (Some(month), None) => {
                self.plain("date-month", &[("month", &self.t(&format!("month-{month}"))), ("year", year)])
            }
            _ => year.to_owned(),
        }
    }

    /// A length of time in its largest unit: `<prefix>-days`, `-hours`, `-minutes`.
    pub fn span(&self, prefix: &str, span: TimeDelta) -> String {
        let (unit, count) = match (span.num_days(), span.num_hours(), span.num_minutes()) {
            (days, _, _) if days >= 2 => ("days", days),
            (_, hours, _) if hours >= 2 => ("hours", hours),
            (_, _, minutes) => ("minutes", minutes.max(0)),
        };
        self.tn(&format!("{prefix}-{unit}"), count)
    }
}

/// Every language there is.
pub fn all() -> impl Iterator<Item = &'static Language> {
    LANGUAGES.values()
}

/// The language `code`, or the default.
pub fn named(code: &str) -> &'static Language {
    LANGUAGES.get(code).unwrap_or_else(default)
}

/// Whether the message exists.
pub fn known(id: &str) -> bool {
    default().isolating.has_message(id)
}

#[expect(clippy::expect_used, reason = "the folder is embedded when the portal is built; a test reads it")]
fn default() -> &'static Language {
    LANGUAGES.get(DEFAULT).expect("locales/en is embedded")
}

/// The reader's language: the first of `Accept-Language` that we have, in the reader's order of preference.
pub fn of_request(request: &HttpRequest) -> &'static Language {
    of_head(request.head())
}

/// [`of_request`], before it is routed.
pub fn of_head(head: &RequestHead) -> &'static Language {
    if LANGUAGES.len() == 1 {
        return default();
    }
    let accepted = head.headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let mut wanted: Vec<(f32, &str)> = accepted
        .unwrap_or_default()
        .split(',')
        .take(20)
        .map(|item| {
            let mut parts = item.trim().split(";q=");
            let code = parts.next().unwrap_or_default();
            (parts.next().and_then(|q| q.trim().parse().ok()).unwrap_or(1.0), code)
        })
        .collect();
    wanted.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    wanted
        .iter()
        .filter(|(q, _)| *q > 0.0)
        .find_map(|(_, code)| {
            LANGUAGES.get(*code).or_else(|| LANGUAGES.get(code.split('-').next().unwrap_or_default()))
        })
        .unwrap_or_else(default)
}
