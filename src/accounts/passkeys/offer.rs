//! Asking an authenticator: a challenge that one browser is given for one purpose, and what its script hands to the browser.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::ceremony::Party;
use super::key::ALGORITHMS;
use super::model::{CHALLENGE_LASTS, Passkey, Purpose};
use super::store;
use crate::accounts::model::Account;
use crate::clock::Moment;
use crate::db::{AnyConnection, DbResult};
use crate::ids;
use crate::web::Site;

/// The portal as authenticators know it, by its public address; `None` where that is no name but figures, which they take
/// for no place.
pub fn party(site: &Site) -> Option<Party> {
    let id = site.domain()?.to_owned();
    Some(Party { id, origin: site.origin() })
}

/// A challenge that was put down for one browser: 256 random bits.
pub struct Challenge([u8; 32]);

impl Challenge {
    /// Gives `browser` one.
    pub fn put(conn: &mut AnyConnection, now: Moment, browser: &[u8], purpose: Purpose) -> DbResult<Self> {
        let bytes: [u8; 32] = ids::random();
        store::put_challenge(conn, now, &ids::sha256(&bytes), browser, purpose)?;
        Ok(Self(bytes))
    }

    /// What asks for a new passkey (`PublicKeyCredentialCreationOptionsJSON`): one that is found without a name being typed,
    /// by an authenticator that verifies its user and holds none of `known`.
    pub fn to_create(&self, party: &Party, portal: &str, account: &Account, known: &[Passkey]) -> Value {
        let kinds: Vec<Value> = ALGORITHMS.iter().map(|alg| json!({ "type": "public-key", "alg": alg })).collect();
        json!({
            "challenge": text(&self.0),
            "rp": { "id": party.id, "name": portal },
            "user": {
                "id": text(account.id.as_bytes()),
                "name": account.email,
                "displayName": account.details.name,
            },
            "pubKeyCredParams": kinds,
            "excludeCredentials": named(known),
            "authenticatorSelection": {
                "residentKey": "required",
                "requireResidentKey": true,
                "userVerification": "required",
            },
            "attestation": "none",
            "timeout": CHALLENGE_LASTS.num_milliseconds(),
        })
    }

    /// What asks to use a passkey (`PublicKeyCredentialRequestOptionsJSON`): one of `known`, or any of the portal's where
    /// that is empty.
    pub fn to_use(&self, party: &Party, known: &[Passkey]) -> Value {
        json!({
            "challenge": text(&self.0),
            "rpId": party.id,
            "allowCredentials": named(known),
            "userVerification": "required",
            "timeout": CHALLENGE_LASTS.num_milliseconds(),
        })
    }
}

fn text(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn named(known: &[Passkey]) -> Vec<Value> {
    known.iter().map(|it| json!({ "type": "public-key", "id": text(&it.credential) })).collect()
}
