//! What a browser sends of an authenticator's answer, and the judgement on it: the steps of Web Authentication, level 3,
//! 7.1 and 7.2, that are left when attestation is "none". Challenge and owner are looked up by who calls. Pure.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use minicbor::Decoder;
use serde::Deserialize;

use super::key::Key;
use crate::ids;

/// The longest credential id (step 25 of 7.1).
const LONGEST_ID: usize = 1_023;
/// The longest answer that is read; those of real authenticators have some two thousand characters.
const LONGEST: usize = 64 * 1024;

/// Flags of authenticator data.
const PRESENT: u8 = 1;
const VERIFIED: u8 = 1 << 2;
const MAY_BE_SYNCED: u8 = 1 << 3;
const IS_SYNCED: u8 = 1 << 4;
const HAS_CREDENTIAL: u8 = 1 << 6;
const HAS_EXTENSIONS: u8 = 1 << 7;

/// The portal as authenticators know it.
#[derive(Debug, Clone)]
pub struct Party {
    /// Its name in the network (RP id).
    pub id: String,
    /// Scheme, name and port.
    pub origin: String,
}

/// Why an answer is not taken. People are told of the last one only: all others have one and the same answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// It is none, or of a kind that the portal does not take.
    #[error("unreadable")]
    Unreadable,
    /// It was given to another page, another portal, or for something else.
    #[error("meant for another place")]
    Elsewhere,
    /// The authenticator did not verify who used it.
    #[error("its user was not verified")]
    Unverified,
    /// Another key signed, or something else was signed.
    #[error("wrong signature")]
    Unsigned,
    /// The count of uses went back: there may be two of the key.
    #[error("the counter went back")]
    CountedBack,
}

#[derive(Deserialize)]
struct Envelope<R> {
    id: String,
    response: R,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CreationResponse {
    #[serde(rename = "clientDataJSON")]
    client_data: String,
    attestation_object: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct AssertionResponse {
    #[serde(rename = "clientDataJSON")]
    client_data: String,
    authenticator_data: String,
    signature: String,
    user_handle: Option<String>,
}

/// What the browser says of the page (`CollectedClientData`).
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ClientData {
    #[serde(rename = "type")]
    kind: String,
    challenge: String,
    origin: String,
    #[serde(default)]
    cross_origin: bool,
}

impl ClientData {
    fn read(bytes: &[u8]) -> Result<Self, Fault> {
        serde_json::from_slice(bytes).map_err(|_| Fault::Unreadable)
    }

    /// A page of ours, in no frame of another site's.
    fn is_of(&self, kind: &str, party: &Party) -> Result<(), Fault> {
        let ours = self.kind == kind && self.origin == party.origin && !self.cross_origin;
        if ours { Ok(()) } else { Err(Fault::Elsewhere) }
    }
}

fn decoded(text: &str) -> Result<Vec<u8>, Fault> {
    URL_SAFE_NO_PAD.decode(text).map_err(|_| Fault::Unreadable)
}

fn parsed<'a, R: Deserialize<'a>>(json: &'a str) -> Result<Envelope<R>, Fault> {
    if json.len() > LONGEST {
        return Err(Fault::Unreadable);
    }
    serde_json::from_str(json).map_err(|_| Fault::Unreadable)
}

/// What an authenticator says (6.1).
struct AuthenticatorData<'a> {
    party: &'a [u8; 32],
    flags: u8,
    counter: u32,
    /// Id and key of a new passkey.
    credential: Option<(&'a [u8], &'a [u8])>,
}

/// Splits one CBOR item off.
fn item(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut cbor = Decoder::new(bytes);
    cbor.skip().ok()?;
    bytes.split_at_checked(cbor.position())
}

impl<'a> AuthenticatorData<'a> {
    fn read(bytes: &'a [u8]) -> Option<Self> {
        let (party, rest) = bytes.split_first_chunk::<32>()?;
        let (flags, rest) = rest.split_first()?;
        let (counter, mut rest) = rest.split_first_chunk::<4>()?;
        let mut credential = None;
        if flags & HAS_CREDENTIAL != 0 {
            let (_model, after) = rest.split_first_chunk::<16>()?;
            let (length, after) = after.split_first_chunk::<2>()?;
            let (id, after) = after.split_at_checked(u16::from_be_bytes(*length).into())?;
            let (key, after) = item(after)?;
            credential = Some((id, key));
            rest = after;
        }
        if flags & HAS_EXTENSIONS != 0 {
            rest = item(rest)?.1;
        }
        let whole = Self { party, flags: *flags, counter: u32::from_be_bytes(*counter), credential };
        rest.is_empty().then_some(whole)
    }

    fn has(&self, flag: u8) -> bool {
        self.flags & flag != 0
    }

    /// For this portal, with its user present and verified.
    fn is_for(&self, party: &Party) -> Result<(), Fault> {
        if *self.party != ids::sha256(party.id.as_bytes()) {
            return Err(Fault::Elsewhere);
        }
        if !self.has(PRESENT) || !self.has(VERIFIED) {
            return Err(Fault::Unverified);
        }
        // What can't be copied was not.
        if self.has(IS_SYNCED) && !self.has(MAY_BE_SYNCED) { Err(Fault::Unreadable) } else { Ok(()) }
    }
}

/// A new passkey, as an authenticator made it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Created {
    /// What the authenticator calls it.
    pub credential: Vec<u8>,
    /// Its public half (COSE).
    pub public_key: Vec<u8>,
    /// Where it begins to count.
    pub counter: u32,
    /// Whether its keeper may copy it.
    pub is_synced: bool,
}

/// The answer to being asked for a new passkey.
#[derive(Debug)]
pub struct Creation {
    credential: Vec<u8>,
    client_data: Vec<u8>,
    attestation: Vec<u8>,
    challenge: Vec<u8>,
}

impl Creation {
    /// Reads a `RegistrationResponseJSON`.
    pub fn read(json: &str) -> Result<Self, Fault> {
        let sent: Envelope<CreationResponse> = parsed(json)?;
        let client_data = decoded(&sent.response.client_data)?;
        let challenge = decoded(&ClientData::read(&client_data)?.challenge)?;
        let attestation = decoded(&sent.response.attestation_object)?;
        Ok(Self { credential: decoded(&sent.id)?, client_data, attestation, challenge })
    }

    /// The digest of the challenge that it answers.
    pub fn challenge(&self) -> [u8; 32] {
        ids::sha256(&self.challenge)
    }

    /// The new passkey, if an authenticator made it for this portal (7.1). The attestation statement is not looked at: none
    /// was asked for, and any authenticator is welcome.
    pub fn judge(&self, party: &Party) -> Result<Created, Fault> {
        ClientData::read(&self.client_data)?.is_of("webauthn.create", party)?;
        let data = attested(&self.attestation).ok_or(Fault::Unreadable)?;
        let data = AuthenticatorData::read(data).ok_or(Fault::Unreadable)?;
        data.is_for(party)?;
        let (id, key) = data.credential.ok_or(Fault::Unreadable)?;
        let sound = id == self.credential && (1..=LONGEST_ID).contains(&id.len()) && Key::read(key).is_some();
        let (counter, is_synced) = (data.counter, data.has(MAY_BE_SYNCED));
        let created = || Created { credential: id.to_vec(), public_key: key.to_vec(), counter, is_synced };
        sound.then(created).ok_or(Fault::Unreadable)
    }
}

/// The authenticator data in an attestation object.
fn attested(object: &[u8]) -> Option<&[u8]> {
    let mut cbor = Decoder::new(object);
    let mut data = None;
    for _ in 0..cbor.map().ok()?? {
        if cbor.str().ok()? == "authData" {
            let earlier = data.replace(cbor.bytes().ok()?);
            if earlier.is_some() {
                return None;
            }
        } else {
            cbor.skip().ok()?;
        }
    }
    data.filter(|_| cbor.position() == object.len())
}

/// What is kept of the passkey that an answer names.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// Its public half (COSE).
    pub public_key: &'a [u8],
    /// How often it was used, as it counts itself.
    pub counter: u32,
    /// Whether its keeper may copy it.
    pub is_synced: bool,
}

/// The answer to being asked to use a passkey.
#[derive(Debug)]
pub struct Assertion {
    /// What the authenticator calls the passkey.
    pub credential: Vec<u8>,
    /// Whose the authenticator says that it is: what it was told when the passkey was made.
    pub owner: Option<Vec<u8>>,
    client_data: Vec<u8>,
    data: Vec<u8>,
    signature: Vec<u8>,
    challenge: Vec<u8>,
}

impl Assertion {
    /// Reads an `AuthenticationResponseJSON`.
    pub fn read(json: &str) -> Result<Self, Fault> {
        let sent: Envelope<AssertionResponse> = parsed(json)?;
        let client_data = decoded(&sent.response.client_data)?;
        let challenge = decoded(&ClientData::read(&client_data)?.challenge)?;
        Ok(Self {
            credential: decoded(&sent.id)?,
            // An empty one is none.
            owner: sent.response.user_handle.as_deref().filter(|it| !it.is_empty()).map(decoded).transpose()?,
            data: decoded(&sent.response.authenticator_data)?,
            signature: decoded(&sent.response.signature)?,
            client_data,
            challenge,
        })
    }

    /// The digest of the challenge that it answers.
    pub fn challenge(&self) -> [u8; 32] {
        ids::sha256(&self.challenge)
    }

    /// The count of uses from now on, if the passkey signed this answer for this portal (7.2).
    pub fn judge(&self, party: &Party, known: Known) -> Result<u32, Fault> {
        ClientData::read(&self.client_data)?.is_of("webauthn.get", party)?;
        let data = AuthenticatorData::read(&self.data).ok_or(Fault::Unreadable)?;
        data.is_for(party)?;
        if data.has(MAY_BE_SYNCED) != known.is_synced {
            return Err(Fault::Unreadable);
        }
        let signed = [self.data.as_slice(), &ids::sha256(&self.client_data)].concat();
        let key = Key::read(known.public_key).ok_or(Fault::Unreadable)?;
        if !key.signed(&signed, &self.signature) {
            return Err(Fault::Unsigned);
        }
        // Whoever counts, counts up.
        let counts = data.counter > 0 || known.counter > 0;
        if counts && data.counter <= known.counter { Err(Fault::CountedBack) } else { Ok(data.counter) }
    }
}

#[cfg(test)]
#[path = "ceremony_tests.rs"]
mod tests;
