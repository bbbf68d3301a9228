//! The public half of a passkey: read from COSE (RFC 9052, RFC 9053), and whether it signed something. Pure; the arithmetic
//! is ring's, which does the portal's TLS as well.

use minicbor::Decoder;
use minicbor::data::Type;
use ring::signature::{self, RsaPublicKeyComponents, UnparsedPublicKey};

/// ECDSA on P-256 with SHA-256: what nearly every authenticator can do.
const ES256: i64 = -7;
/// Ed25519.
const EDDSA: i64 = -8;
/// RSA (PKCS #1 v1.5) with SHA-256: older modules of Windows.
const RS256: i64 = -257;

/// The kinds of keys that are taken, the one liked best first.
pub const ALGORITHMS: [i64; 3] = [ES256, EDDSA, RS256];

/// A public key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Key {
    /// A point of P-256, as `04 || x || y`.
    Es256(Vec<u8>),
    /// A point of Ed25519.
    EdDsa(Vec<u8>),
    /// Modulus and exponent.
    Rs256(Vec<u8>, Vec<u8>),
}

/// Entries of a COSE map that are of use: numbers and strings of bytes by their label.
#[derive(Default)]
struct Entries<'a> {
    numbers: Vec<(i64, i64)>,
    strings: Vec<(i64, &'a [u8])>,
}

impl<'a> Entries<'a> {
    /// Reads one map, which has to end where `bytes` does; a label that comes twice makes it none.
    fn read(bytes: &'a [u8]) -> Option<Self> {
        let mut cbor = Decoder::new(bytes);
        let mut entries = Self::default();
        for _ in 0..cbor.map().ok()?? {
            let label = cbor.i64().ok()?;
            if entries.number(label).is_some() || entries.string(label).is_some() {
                return None;
            }
            match cbor.datatype().ok()? {
                Type::U8 | Type::U16 | Type::U32 | Type::I8 | Type::I16 | Type::I32 => {
                    entries.numbers.push((label, cbor.i64().ok()?));
                }
                Type::Bytes => entries.strings.push((label, cbor.bytes().ok()?)),
                _ => cbor.skip().ok()?,
            }
        }
        (cbor.position() == bytes.len()).then_some(entries)
    }

    fn number(&self, label: i64) -> Option<i64> {
        self.numbers.iter().find(|(known, _)| *known == label).map(|(_, value)| *value)
    }

    fn string(&self, label: i64) -> Option<&'a [u8]> {
        self.strings.iter().find(|(known, _)| *known == label).map(|(_, value)| *value)
    }
}

impl Key {
    /// Reads a key of one of the [`ALGORITHMS`]; `None` for any other, and for what is no key.
    pub fn read(cose: &[u8]) -> Option<Self> {
        let entries = Entries::read(cose)?;
        let (kind, curve) = (entries.number(1)?, entries.number(-1));
        match (entries.number(3)?, kind, curve) {
            (ES256, 2, Some(1)) => {
                let (x, y) = (entries.string(-2)?, entries.string(-3)?);
                (x.len() == 32 && y.len() == 32).then(|| Self::Es256([&[4], x, y].concat()))
            }
            (EDDSA, 1, Some(6)) => {
                let x = entries.string(-2)?;
                (x.len() == 32).then(|| Self::EdDsa(x.to_vec()))
            }
            (RS256, 3, None) => {
                let (modulus, exponent) = (entries.string(-1)?, entries.string(-2)?);
                let sound = (256..=1024).contains(&modulus.len()) && (1..=8).contains(&exponent.len());
                sound.then(|| Self::Rs256(modulus.to_vec(), exponent.to_vec()))
            }
            _ => None,
        }
    }

    /// Whether `signature` is this key's under `message`.
    pub fn signed(&self, message: &[u8], signature: &[u8]) -> bool {
        let outcome = match self {
            Self::Es256(point) => {
                UnparsedPublicKey::new(&signature::ECDSA_P256_SHA256_ASN1, point).verify(message, signature)
            }
            Self::EdDsa(point) => UnparsedPublicKey::new(&signature::ED25519, point).verify(message, signature),
            Self::Rs256(n, e) => {
                RsaPublicKeyComponents { n, e }.verify(&signature::RSA_PKCS1_2048_8192_SHA256, message, signature)
            }
        };
        outcome.is_ok()
    }
}
