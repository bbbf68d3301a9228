//! A person's authenticator: makes passkeys and uses them as devices and password managers do, or with a flaw that a test
//! asks for. Its keys are real, and so is what it writes (CBOR, COSE, `clientDataJSON`).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use minicbor::Encoder;
use norm_portal::ids;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _};
use serde_json::{Value, json};

use super::client::{Answer, Client};
use super::form::Filled;

/// Present and verified.
pub const VERIFIED: u8 = 1 | 1 << 2;
/// A key that its keeper may copy, and has copied.
pub const SYNCED: u8 = 1 << 3 | 1 << 4;

/// The two kinds of keys that tests make.
enum Pair {
    Es256(EcdsaKeyPair),
    EdDsa(Ed25519KeyPair),
}

/// An authenticator that holds one passkey at most, as a test needs one after the other.
pub struct Keychain {
    pair: Pair,
    /// What it calls its passkey.
    pub credential: Vec<u8>,
    /// Whose it is: what the portal said when it was made.
    pub owner: Vec<u8>,
    /// How often it says that it was used.
    pub counter: u32,
}

/// What an authenticator and the browser around it say, before it is signed: tests put flaws into it.
#[derive(Clone)]
pub struct Said {
    /// `webauthn.create` or `webauthn.get`.
    pub kind: String,
    /// The challenge as it was given.
    pub challenge: String,
    /// Whose page it was.
    pub origin: String,
    /// Whether that was in a frame of another site.
    pub cross_origin: bool,
    /// Which portal it is for.
    pub party: String,
    /// What the authenticator says of its user and of itself.
    pub flags: u8,
    /// How often it was used.
    pub counter: u32,
    /// What it calls the passkey.
    pub credential: Vec<u8>,
    /// Whose it says that it is.
    pub owner: Option<Vec<u8>>,
}

/// Bytes as the standard writes them in JSON.
pub fn text(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

impl Keychain {
    fn with(pair: Pair) -> Self {
        Self { pair, credential: ids::random::<32>().to_vec(), owner: Vec::new(), counter: 0 }
    }

    /// One with a key on P-256.
    pub fn new() -> Self {
        let chance = SystemRandom::new();
        let made = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &chance).unwrap();
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, made.as_ref(), &chance).unwrap();
        Self::with(Pair::Es256(pair))
    }

    /// One with an Ed25519 key.
    pub fn of_ed25519() -> Self {
        let made = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).unwrap();
        Self::with(Pair::EdDsa(Ed25519KeyPair::from_pkcs8(made.as_ref()).unwrap()))
    }

    /// Its public key as COSE writes it.
    pub fn cose(&self) -> Vec<u8> {
        let mut out = Encoder::new(Vec::new());
        let (kind, algorithm, curve) = match &self.pair {
            Pair::Es256(_) => (2, -7, 1),
            Pair::EdDsa(_) => (1, -8, 6),
        };
        let (x, y) = match &self.pair {
            Pair::Es256(pair) => {
                let (x, y) = pair.public_key().as_ref()[1..].split_at(32);
                (x, Some(y))
            }
            Pair::EdDsa(pair) => (pair.public_key().as_ref(), None),
        };
        out.map(if y.is_some() { 5 } else { 4 }).unwrap();
        for (label, number) in [(1, kind), (3, algorithm), (-1, curve)] {
            out.i64(label).unwrap().i64(number).unwrap();
        }
        out.i64(-2).unwrap().bytes(x).unwrap();
        if let Some(y) = y {
            out.i64(-3).unwrap().bytes(y).unwrap();
        }
        out.into_writer()
    }

    fn sign(&self, message: &[u8]) -> Vec<u8> {
        match &self.pair {
            Pair::Es256(pair) => pair.sign(&SystemRandom::new(), message).unwrap().as_ref().to_vec(),
            Pair::EdDsa(pair) => pair.sign(message).as_ref().to_vec(),
        }
    }

    fn said(&self, kind: &str, options: &Value, party: &Value, origin: &str) -> Said {
        Said {
            kind: kind.to_owned(),
            challenge: options["challenge"].as_str().expect("a challenge").to_owned(),
            origin: origin.to_owned(),
            cross_origin: false,
            party: party.as_str().expect("the portal's name").to_owned(),
            flags: VERIFIED,
            counter: self.counter,
            credential: self.credential.clone(),
            owner: Some(self.owner.clone()),
        }
    }

    /// Makes its passkey as `options` ask for it, on a page of `origin`, with the flaw that `change` puts in.
    pub fn create(&mut self, options: &Value, origin: &str, change: impl FnOnce(&mut Said)) -> String {
        assert_eq!(options["authenticatorSelection"]["userVerification"], "required");
        assert_eq!(options["authenticatorSelection"]["residentKey"], "required");
        assert_eq!(options["attestation"], "none");
        self.owner = URL_SAFE_NO_PAD.decode(options["user"]["id"].as_str().unwrap()).unwrap();
        let mut said = self.said("webauthn.create", options, &options["rp"]["id"], origin);
        said.flags |= 1 << 6;
        change(&mut said);
        let length = u16::try_from(said.credential.len()).unwrap().to_be_bytes();
        let data = [said.data().as_slice(), &[0; 16], &length, &said.credential, &self.cose()].concat();
        let mut object = Encoder::new(Vec::new());
        object.map(3).unwrap().str("fmt").unwrap().str("none").unwrap().str("attStmt").unwrap().map(0).unwrap();
        object.str("authData").unwrap().bytes(&data).unwrap();
        let response = json!({
            "clientDataJSON": text(&said.client_data()),
            "attestationObject": text(&object.into_writer()),
        });
        envelope(&said.credential, &response)
    }

    /// Uses its passkey as `options` ask for it, on a page of `origin`, with the flaw that `change` puts in.
    pub fn answer(&mut self, options: &Value, origin: &str, change: impl FnOnce(&mut Said)) -> String {
        assert_eq!(options["userVerification"], "required");
        let allowed = options["allowCredentials"].as_array().expect("a list");
        let is_asked = allowed.is_empty() || allowed.iter().any(|it| it["id"] == text(&self.credential));
        assert!(is_asked, "it is not asked for its passkey: {options}");
        let mut said = self.said("webauthn.get", options, &options["rpId"], origin);
        change(&mut said);
        let (data, client_data) = (said.data(), said.client_data());
        let signature = self.sign(&[data.as_slice(), &ids::sha256(&client_data)].concat());
        let response = json!({
            "clientDataJSON": text(&client_data),
            "authenticatorData": text(&data),
            "signature": text(&signature),
            "userHandle": said.owner.as_deref().map(text),
        });
        envelope(&said.credential, &response)
    }
}

fn envelope(credential: &[u8], response: &Value) -> String {
    json!({ "id": text(credential), "rawId": text(credential), "type": "public-key", "response": response }).to_string()
}

impl Said {
    fn data(&self) -> Vec<u8> {
        [ids::sha256(self.party.as_bytes()).as_slice(), &[self.flags], &self.counter.to_be_bytes()].concat()
    }

    fn client_data(&self) -> Vec<u8> {
        let said = json!({
            "type": self.kind,
            "challenge": self.challenge,
            "origin": self.origin,
            "crossOrigin": self.cross_origin,
        });
        said.to_string().into_bytes()
    }
}

/// The form of a page that an authenticator fills in.
#[track_caller]
pub fn form(page: &Answer) -> Filled {
    page.form("form[data-passkey]")
}

/// What the script of `form` is handed when its button is pressed.
#[track_caller]
pub fn ask(client: &Client, page: &Answer, form: &Filled) -> Answer {
    let dom = page.dom();
    let element = dom.select(&super::client::css("form[data-passkey]")).next().expect("the form of a passkey");
    let path = element.value().attr("data-ask").expect("where a challenge comes from");
    client.post(path, &form.values())
}

/// [`ask`], as data.
#[track_caller]
pub fn options(client: &Client, page: &Answer, form: &Filled) -> Value {
    serde_json::from_str(&ask(client, page, form).expect(200).text()).unwrap()
}
