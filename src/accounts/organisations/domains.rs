//! What a mail address says about an organisation: its domain, unless anybody can have an address there. Pure.

use serde::Deserialize;

/// The providers the portal is built with: `config/free_mail.toml`.
pub const SHIPPED: &str = include_str!("../../../config/free_mail.toml");

/// Providers at which anybody can have an address.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FreeMail {
    domains: Vec<String>,
}

/// What the domain of an address is good for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AddressDomain {
    /// Can stand for an organisation.
    Own(String),
    /// A provider's: anybody can have an address there.
    Anybodys(String),
    /// None that could be somebody's: a number, or a name without a dot.
    None,
}

impl AddressDomain {
    /// The domain, if it can stand for an organisation.
    pub fn own(&self) -> Option<&str> {
        match self {
            Self::Own(domain) => Some(domain),
            Self::Anybodys(_) | Self::None => None,
        }
    }
}

impl FreeMail {
    /// Reads the list.
    pub fn parse(source: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(source)
    }

    /// What the domain of `email` is good for.
    pub fn domain(&self, email: &str) -> AddressDomain {
        match domain_of(email) {
            None => AddressDomain::None,
            Some(domain) if self.has(&domain) => AddressDomain::Anybodys(domain),
            Some(domain) => AddressDomain::Own(domain),
        }
    }

    fn has(&self, domain: &str) -> bool {
        let is_below = |known: &String| domain.strip_suffix(known.as_str()).is_some_and(|host| host.ends_with('.'));
        self.domains.iter().any(|known| known == domain || is_below(known))
    }
}

/// The domain of an address in the one form in which domains are compared: small ASCII letters (IDNA), no dot at the
/// end. `None` for a number or a name without a dot.
pub fn domain_of(email: &str) -> Option<String> {
    host(email.rsplit_once('@')?.1)
}

fn host(text: &str) -> Option<String> {
    let host = url::Host::parse(text.trim().trim_end_matches('.')).ok()?;
    match host {
        url::Host::Domain(name) if name.contains('.') && !name.ends_with('.') => Some(name),
        _ => None,
    }
}

/// The domain that a name claims for itself: `Ministry of Examples (mfa.gov.example)` claims `mfa.gov.example`.
pub fn claimed(name: &str) -> Option<String> {
    let is_mark = |c: char| !(c.is_alphanumeric() || matches!(c, '.' | '-' | '\u{3002}' | '\u{ff0e}'));
    name.split(is_mark).find_map(|word| {
        let word = word.trim_matches(['.', '-']);
        // "St.Gallen" is a place.
        let (_, last) = word.rsplit_once(['.', '\u{3002}', '\u{ff0e}'])?;
        let is_one_case = last.chars().all(|c| !c.is_uppercase()) || last.chars().all(|c| !c.is_lowercase());
        let is_ending = last.chars().count() >= 2 && last.chars().all(char::is_alphabetic) && is_one_case;
        is_ending.then(|| host(word)).flatten()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn free_mail() -> FreeMail {
        FreeMail::parse(SHIPPED).unwrap()
    }

    #[test]
    fn every_domain_of_the_list_is_in_the_form_that_is_compared() {
        for domain in &free_mail().domains {
            assert_eq!(host(domain).as_deref(), Some(domain.as_str()));
        }
    }

    #[test]
    fn a_provider_is_known_however_it_is_written() {
        for address in ["a@gmail.com", "a@GMAIL.com", "a@gmail.com.", "a@mail.gmail.com", "a@Gm\u{ff41}il.com"] {
            assert!(matches!(free_mail().domain(address), AddressDomain::Anybodys(_)), "{address}");
        }
        for address in ["a@notgmail.com", "a@gmail.com.example.org", "a@mfa.gov.example"] {
            assert!(free_mail().domain(address).own().is_some(), "{address}");
        }
        for address in ["a@localhost", "a@[127.0.0.1]", "a@127.0.0.1", "a@org.", "a@", "nothing"] {
            assert_eq!(free_mail().domain(address), AddressDomain::None, "{address}");
        }
    }

    #[test]
    fn one_domain_has_one_form() {
        for (written, form) in [
            ("a@Example.ORG", "example.org"),
            ("a@example.org.", "example.org"),
            ("a@b\u{fc}cher.example", "xn--bcher-kva.example"),
            ("a@xn--bcher-kva.example", "xn--bcher-kva.example"),
            ("a@example\u{3002}org", "example.org"),
        ] {
            assert_eq!(domain_of(written).as_deref(), Some(form), "{written}");
        }
        assert_ne!(domain_of("a@sub.example.org"), domain_of("a@example.org"));
        // A Cyrillic letter that looks like a Latin one is another domain.
        assert_ne!(domain_of("a@ex\u{430}mple.org"), domain_of("a@example.org"));
    }

    #[test]
    fn a_name_that_holds_a_domain_claims_it() {
        for (name, domain) in [
            ("Ministry of Examples (mfa.gov.example)", "mfa.gov.example"),
            ("MFA.GOV.EXAMPLE", "mfa.gov.example"),
            ("https://mfa.example/", "mfa.example"),
            ("Shop.example", "shop.example"),
        ] {
            assert_eq!(claimed(name).as_deref(), Some(domain), "{name}");
        }
        for name in ["Ministry of Examples", "U.S. Office", "University of St.Gallen", "No. 5", "Version 1.2", ""] {
            assert_eq!(claimed(name), None, "{name}");
        }
    }

    proptest! {
        #[test]
        fn nothing_typed_can_break_the_rules(text in any::<String>()) {
            let _ = (claimed(&text), free_mail().domain(&text));
            if let Some(domain) = domain_of(&text) {
                prop_assert_eq!(host(&domain), Some(domain.clone()));
                prop_assert!(domain.contains('.') && domain.is_ascii());
            }
        }
    }
}
