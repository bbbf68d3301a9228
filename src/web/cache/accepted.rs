//! Which encodings a browser takes (RFC 9110, section 12.5.3).

use actix_web::http::header::{self, HeaderMap, HeaderValue};

/// How an answer is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// As it is.
    Identity,
    /// Gzip.
    Gzip,
    /// Brotli.
    Brotli,
}

impl Encoding {
    /// Its name in headers.
    pub fn name(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Gzip => "gzip",
            Self::Brotli => "br",
        }
    }
}

/// What a browser said it takes, in thousandths of preference. Nonsense takes nothing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Accepted {
    brotli: u16,
    gzip: u16,
    identity: u16,
}

impl Accepted {
    /// Reads `Accept-Encoding`.
    pub fn of(headers: &HeaderMap) -> Self {
        let values = headers.get_all(header::ACCEPT_ENCODING).filter_map(|value| value.to_str().ok());
        let (mut brotli, mut gzip, mut identity, mut others) = (None, None, 0, 0);
        for item in values.flat_map(|value| value.split(',')).take(20) {
            let mut parts = item.split(';').map(str::trim);
            let name = parts.next().unwrap_or_default();
            let wish = parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")));
            let wish = wish.map_or(1000, thousandths);
            if name.eq_ignore_ascii_case("br") {
                brotli = Some(wish);
            } else if name.eq_ignore_ascii_case("gzip") || name.eq_ignore_ascii_case("x-gzip") {
                gzip = Some(wish);
            } else if name.eq_ignore_ascii_case("identity") {
                identity = wish;
            } else if name == "*" {
                others = wish;
            }
        }
        Self { brotli: brotli.unwrap_or(others), gzip: gzip.unwrap_or(others), identity }
    }

    /// The one to answer in: the most wanted; the smallest of equals.
    pub fn best(self) -> Encoding {
        let packed = if self.gzip > self.brotli { Encoding::Gzip } else { Encoding::Brotli };
        if self.takes(packed) && self.brotli.max(self.gzip) >= self.identity { packed } else { Encoding::Identity }
    }

    /// Whether it takes `encoding` at all.
    pub fn takes(self, encoding: Encoding) -> bool {
        match encoding {
            Encoding::Identity => true,
            Encoding::Gzip => self.gzip > 0,
            Encoding::Brotli => self.brotli > 0,
        }
    }

    /// Says the same in a header that everybody behind reads in the same way, and never as "nothing will do".
    pub fn put_in_order(self, headers: &mut HeaderMap) {
        let plain = match (self.best(), self.takes(Encoding::Gzip), self.takes(Encoding::Brotli)) {
            (Encoding::Brotli, true, _) => "br, gzip;q=0.9",
            (Encoding::Brotli, false, _) => "br",
            (Encoding::Gzip, _, true) => "gzip, br;q=0.9",
            (Encoding::Gzip, _, false) => "gzip",
            (Encoding::Identity, true, _) => "identity, gzip;q=0.9",
            (Encoding::Identity, false, _) => "identity",
        };
        headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(plain));
    }
}

/// A weight of preference: `0.25` is 250; 0 for nonsense.
fn thousandths(text: &str) -> u16 {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    if part.len() > 3 || !part.bytes().all(|digit| digit.is_ascii_digit()) {
        return 0;
    }
    let part = part.bytes().zip([100, 10, 1]).map(|(digit, worth)| u16::from(digit - b'0') * worth).sum();
    match (whole, part) {
        ("0", part) => part,
        ("1", 0) => 1000,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Accepted {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_str(text).unwrap());
        Accepted::of(&headers)
    }

    #[test]
    fn the_most_wanted_encoding_is_taken() {
        for (text, best) in [
            ("gzip, deflate, br, zstd", Encoding::Brotli),
            ("gzip, deflate", Encoding::Gzip),
            ("br;q=0.5, gzip", Encoding::Gzip),
            ("br;q=0, gzip;q=0.001", Encoding::Gzip),
            ("BR", Encoding::Brotli),
            ("*", Encoding::Brotli),
            ("*;q=0, gzip", Encoding::Gzip),
            ("br;q=0, *", Encoding::Gzip),
            ("identity, br;q=0.5", Encoding::Identity),
            ("identity;q=0", Encoding::Identity),
            ("", Encoding::Identity),
            (",;,q=1;;", Encoding::Identity),
            ("br;q=banana", Encoding::Identity),
            ("br;q=1.5", Encoding::Identity),
            ("br;q=-1", Encoding::Identity),
            ("br;q=0.1234", Encoding::Identity),
            ("zstd", Encoding::Identity),
        ] {
            assert_eq!(read(text).best(), best, "{text:?}");
        }
        assert_eq!(Accepted::of(&HeaderMap::new()).best(), Encoding::Identity);
    }

    #[test]
    fn what_is_put_in_order_says_the_same() {
        for text in ["gzip, br", "gzip", "br", "br;q=0.1, gzip;q=0.2", "identity, gzip;q=0.2", "identity;q=0", "*"] {
            let (accepted, mut headers) = (read(text), HeaderMap::new());
            accepted.put_in_order(&mut headers);
            let again = Accepted::of(&headers);
            assert_eq!(again.best(), accepted.best(), "{text}");
            assert_eq!(again.takes(Encoding::Gzip), accepted.takes(Encoding::Gzip), "{text}");
        }
    }
}
