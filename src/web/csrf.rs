//! Tokens that bind a form to a browser's cookie (ASVS 3.5.1). Nothing is stored: the token follows from the cookie's
//! secret, and is masked anew on every page so that compression gives nothing away.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::ids;

/// The form field that carries the token.
pub const FIELD: &str = "csrf";

/// A fresh token for the browser that holds `secret`.
pub fn token(secret: &str) -> String {
    let mask: [u8; 32] = ids::random();
    let mut bytes = mask.to_vec();
    bytes.extend(key(secret).iter().zip(mask).map(|(key, mask)| key ^ mask));
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Whether `token` was made for the browser that holds `secret`.
pub fn fits(secret: &str, token: &str) -> bool {
    let Ok(bytes) = URL_SAFE_NO_PAD.decode(token) else { return false };
    let Some((mask, masked)) = bytes.split_at_checked(32) else { return false };
    let differing = key(secret).iter().zip(mask).zip(masked).fold(0, |sum, ((k, m), x)| sum | (k ^ m ^ x));
    masked.len() == 32 && differing == 0
}

fn key(secret: &str) -> [u8; 32] {
    ids::keyed(secret.as_bytes(), b"form token")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_fits_its_secret_only_and_never_looks_the_same() {
        let (one, two) = (token("a"), token("a"));
        assert_ne!(one, two);
        assert!(fits("a", &one) && fits("a", &two));
        assert!(!fits("b", &one));
        assert!(!fits("a", ""));
        assert!(!fits("a", &one[..one.len() - 2]));
    }

    #[test]
    fn a_token_is_an_hmac_under_the_secret() {
        let bytes = URL_SAFE_NO_PAD.decode(token("a")).unwrap();
        let (mask, masked) = bytes.split_at(32);
        let unmasked: Vec<u8> = mask.iter().zip(masked).map(|(mask, byte)| mask ^ byte).collect();
        assert_eq!(unmasked, ids::keyed(b"a", b"form token"));
    }
}
