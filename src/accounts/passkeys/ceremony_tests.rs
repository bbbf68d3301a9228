//! Judged answers: the standard's own examples, and those of an authenticator made of ring's keys, whole and with flaws.

use minicbor::Encoder;
use proptest::prelude::*;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _};
use serde_json::{Value, json};

use super::*;

// Web Authentication, level 3, 16.1.1 and 16.1.11: example.org, whose authenticators verify nobody.
const ES256_ATTESTATION: &str = concat!(
    "a363666d74646e6f6e656761747453746d74a068617574684461746158a4bfabc37432958b063360d3ad6461c9c4735ae7f8edd4",
    "6592a5e0f01452b2e4b559000000008446ccb9ab1db374750b2367ff6f3a1f0020f91f391db4c9b2fde0ea70189cba3fb63f579b",
    "a6122b33ad94ff3ec330084be4a5010203262001215820afefa16f97ca9b2d23eb86ccb64098d20db90856062eb249c33a9b672f",
    "26df61225820930a56b87a2fca66334b03458abf879717c12cc68ed73290af2e2664796b9220",
);
const ES256_CLIENT_DATA: &str = concat!(
    "7b2274797065223a22776562617574686e2e676574222c226368616c6c656e6765223a224f63446e55685158756c5455506f334a",
    "5558543049393770767a7a59425039745a63685879617630314167222c226f726967696e223a2268747470733a2f2f6578616d70",
    "6c652e6f7267222c2263726f73734f726967696e223a66616c73657d",
);
const ES256_SIGNATURE: &str = concat!(
    "3046022100f50a4e2e4409249c4a853ba361282f09841df4dd4547a13a87780218deffcd380221008480ac0f0b93538174f575bf",
    "11a1dd5d78c6e486013f937295ea13653e331e87",
);
const RS256_KEY: &str = concat!(
    "a4010303390100205901b403ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "fffffffffffffffffffffffffffffff7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "ffffffffffffffffffffffffffffffffffffffffffffffffffffff80000000000000000000000000000000000000000000000000",
    "00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000",
    "00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000",
    "000000000000000000000000000000000000000000000000000000000000012143010001",
);
const RS256_CLIENT_DATA: &str = concat!(
    "7b2274797065223a22776562617574686e2e676574222c226368616c6c656e6765223a224b56395a39667150356978617970346e",
    "596d7834794e6f33617562597a5333536d75757459423462784d55222c226f726967696e223a2268747470733a2f2f6578616d70",
    "6c652e6f7267222c2263726f73734f726967696e223a66616c73657d",
);
const RS256_SIGNATURE: &str = concat!(
    "01063d52d7c39b4d432fc7063c5d93e582bdcb16889cd71f888d67d880ea730a428498d3bc8e1ee11f2b1ecbe6c292b118c55ffa",
    "addefa8cad0a54dd137c51f1eec673f1bb6c4d1789d6826a222b22d0f585fc901fdc933212e579d199b89d672aa44891333e6a13",
    "55536025e82b25590256c3538229b55737083b2f6b9377e49e2472f11952f79fdd0da180b5ffd901b4049a8f081bb40711bef76c",
    "62aed943571f2d0575304cb549d68d8892f95086a30f93716aee818f8dc06e96c0d5e0ed4cfa9fd8773d90464b68cf140f798666",
    "6ff9c9e3302acd0535d60d769f465e2ab57ef8aabc89fccfef7ba32a64154a8b3d26be2298f470b8cc5377dbe3dfd4b0b45f8f01",
    "e63bde6cfc76b62771f9b70aa27cf40152cad93aa5acd784fd4b90f676e2ea828d0bf2400aebbaae4153e5838f537f88b6228346",
    "782a93a899be66ec77de45b3efcf311da6321c92e6b0cd11bfe653bf3e98cee8e341f02d67dbb6f9c98d9e8178090cfb5b70fbc6",
    "d541599ac794ae2f1d4de1286ec8de8c2daf7b1d15c8438e90d924df5c19045220a4c8438c1b979bbe016cf3d0eeec23c3999d48",
    "82cc645b776de930756612cdc6dd398160ff02a6",
);
const ASSERTED: &str = "bfabc37432958b063360d3ad6461c9c4735ae7f8edd46592a5e0f01452b2e4b51900000000";

const VERIFIED_USE: u8 = PRESENT | VERIFIED;

fn bytes(hex: &str) -> Vec<u8> {
    hex::decode(hex).unwrap()
}

fn party() -> Party {
    Party { id: "portal.example".into(), origin: "https://portal.example".into() }
}

enum Pair {
    Es256(EcdsaKeyPair, SystemRandom),
    EdDsa(Ed25519KeyPair),
}

impl Pair {
    fn es256() -> Self {
        let chance = SystemRandom::new();
        let made = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &chance).unwrap();
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, made.as_ref(), &chance).unwrap();
        Self::Es256(pair, chance)
    }

    fn ed_dsa() -> Self {
        let made = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).unwrap();
        Self::EdDsa(Ed25519KeyPair::from_pkcs8(made.as_ref()).unwrap())
    }

    fn cose(&self) -> Vec<u8> {
        let mut out = Encoder::new(Vec::new());
        match self {
            Self::Es256(pair, _) => {
                let (x, y) = pair.public_key().as_ref()[1..].split_at(32);
                out.map(5).unwrap().i64(1).unwrap().i64(2).unwrap().i64(3).unwrap().i64(-7).unwrap();
                out.i64(-1).unwrap().i64(1).unwrap().i64(-2).unwrap().bytes(x).unwrap();
                out.i64(-3).unwrap().bytes(y).unwrap();
            }
            Self::EdDsa(pair) => {
                out.map(4).unwrap().i64(1).unwrap().i64(1).unwrap().i64(3).unwrap().i64(-8).unwrap();
                out.i64(-1).unwrap().i64(6).unwrap().i64(-2).unwrap().bytes(pair.public_key().as_ref()).unwrap();
            }
        }
        out.into_writer()
    }

    fn sign(&self, message: &[u8]) -> Vec<u8> {
        match self {
            Self::Es256(pair, chance) => pair.sign(chance, message).unwrap().as_ref().to_vec(),
            Self::EdDsa(pair) => pair.sign(message).as_ref().to_vec(),
        }
    }
}

fn data(id: &str, flags: u8, counter: u32) -> Vec<u8> {
    [ids::sha256(id.as_bytes()).as_slice(), &[flags], &counter.to_be_bytes()].concat()
}

fn client_data(kind: &str, origin: &str, cross_origin: bool) -> Vec<u8> {
    let said = json!({ "type": kind, "challenge": "AAAA", "origin": origin, "crossOrigin": cross_origin, "later": 1 });
    said.to_string().into_bytes()
}

fn assertion(pair: &Pair, client_data: Vec<u8>, data: Vec<u8>) -> Assertion {
    let signature = pair.sign(&[data.as_slice(), &ids::sha256(&client_data)].concat());
    Assertion { credential: vec![1], owner: None, client_data, data, signature, challenge: vec![0; 3] }
}

fn known(key: &[u8], counter: u32) -> Known<'_> {
    Known { public_key: key, counter, is_synced: false }
}

fn attestation(data: &[u8]) -> Vec<u8> {
    let mut out = Encoder::new(Vec::new());
    out.map(3).unwrap().str("fmt").unwrap().str("none").unwrap().str("attStmt").unwrap().map(0).unwrap();
    out.str("authData").unwrap().bytes(data).unwrap();
    out.into_writer()
}

fn creation(client_data: Vec<u8>, id: &str, flags: u8, credential: &[u8], key: &[u8]) -> Creation {
    let length = u16::try_from(credential.len()).unwrap().to_be_bytes();
    let data = [data(id, flags, 7).as_slice(), &[0; 16], &length, credential, key].concat();
    let attestation = attestation(&data);
    Creation { credential: credential.to_vec(), client_data, attestation, challenge: vec![0; 3] }
}

#[test]
fn the_examples_of_the_standard_are_signed_and_lack_a_verified_user() {
    let example = Party { id: "example.org".into(), origin: "https://example.org".into() };
    let object = bytes(ES256_ATTESTATION);
    let made = AuthenticatorData::read(attested(&object).unwrap()).unwrap();
    let (_, on_curve) = made.credential.unwrap();
    let of_rsa = bytes(RS256_KEY);
    for (key, client_data, signature) in
        [(on_curve, ES256_CLIENT_DATA, ES256_SIGNATURE), (&of_rsa, RS256_CLIENT_DATA, RS256_SIGNATURE)]
    {
        let (client_data, data, mut signature) = (bytes(client_data), bytes(ASSERTED), bytes(signature));
        let message = [data.as_slice(), &ids::sha256(&client_data)].concat();
        let read = Key::read(key).unwrap();
        assert!(read.signed(&message, &signature));
        let answer = Assertion {
            credential: vec![1],
            owner: None,
            client_data,
            data,
            signature: signature.clone(),
            challenge: Vec::new(),
        };
        assert_eq!(answer.judge(&example, known(key, 0)), Err(Fault::Unverified));
        signature[40] ^= 1;
        assert!(!read.signed(&message, &signature));
    }
}

#[test]
fn a_use_is_taken_for_this_portal_verified_and_counted_up() {
    for pair in [Pair::es256(), Pair::ed_dsa()] {
        let key = pair.cose();
        let judged = |kind, origin, cross, id, flags, counter, before| {
            let answer = assertion(&pair, client_data(kind, origin, cross), data(id, flags, counter));
            answer.judge(&party(), known(&key, before))
        };
        let (get, here, id) = ("webauthn.get", "https://portal.example", "portal.example");
        assert_eq!(judged(get, here, false, id, VERIFIED_USE, 8, 7), Ok(8));
        assert_eq!(judged(get, here, false, id, VERIFIED_USE, 0, 0), Ok(0), "not every one counts");
        for (counter, before) in [(7, 7), (6, 7), (0, 7)] {
            assert_eq!(judged(get, here, false, id, VERIFIED_USE, counter, before), Err(Fault::CountedBack));
        }
        assert_eq!(judged("webauthn.create", here, false, id, VERIFIED_USE, 8, 7), Err(Fault::Elsewhere));
        for origin in ["http://portal.example", "https://portal.example:444", "https://portal.example.net", ""] {
            assert_eq!(judged(get, origin, false, id, VERIFIED_USE, 8, 7), Err(Fault::Elsewhere), "{origin}");
        }
        assert_eq!(judged(get, here, true, id, VERIFIED_USE, 8, 7), Err(Fault::Elsewhere));
        assert_eq!(judged(get, here, false, "example", VERIFIED_USE, 8, 7), Err(Fault::Elsewhere));
        assert_eq!(judged(get, here, false, id, PRESENT, 8, 7), Err(Fault::Unverified));
        assert_eq!(judged(get, here, false, id, VERIFIED, 8, 7), Err(Fault::Unverified));
        for flags in [IS_SYNCED, MAY_BE_SYNCED, HAS_CREDENTIAL, HAS_EXTENSIONS] {
            let refused = judged(get, here, false, id, VERIFIED_USE | flags, 8, 7);
            assert_eq!(refused, Err(Fault::Unreadable), "{flags}");
        }
        let other = Pair::es256().cose();
        let answer = assertion(&pair, client_data(get, here, false), data(id, VERIFIED_USE, 8));
        assert_eq!(answer.judge(&party(), known(&other, 7)), Err(Fault::Unsigned));
    }
}

#[test]
fn a_new_one_is_taken_with_a_key_that_the_portal_can_check() {
    let pair = Pair::es256();
    let (flags, id) = (VERIFIED_USE | HAS_CREDENTIAL, "portal.example");
    let said = || client_data("webauthn.create", "https://portal.example", false);
    let made = creation(said(), id, flags | MAY_BE_SYNCED | IS_SYNCED, b"some id", &pair.cose()).judge(&party());
    let wanted = Created { credential: b"some id".to_vec(), public_key: pair.cose(), counter: 7, is_synced: true };
    assert_eq!(made, Ok(wanted));
    let mut other_curve = pair.cose();
    other_curve[6] = 2;
    let longer = [pair.cose(), vec![0]].concat();
    for (key, why) in [(other_curve, "curve"), (longer, "more behind it"), (vec![0xa0], "empty"), (Vec::new(), "none")]
    {
        assert_eq!(creation(said(), id, flags, b"id", &key).judge(&party()), Err(Fault::Unreadable), "{why}");
    }
    let long = vec![1; LONGEST_ID + 1];
    for credential in [Vec::new(), long] {
        assert!(creation(said(), id, flags, &credential, &pair.cose()).judge(&party()).is_err());
    }
    let mut other_id = creation(said(), id, flags, b"id", &pair.cose());
    other_id.credential = b"di".to_vec();
    assert_eq!(other_id.judge(&party()), Err(Fault::Unreadable));
    let unverified = creation(said(), id, PRESENT | HAS_CREDENTIAL, b"id", &pair.cose());
    assert_eq!(unverified.judge(&party()), Err(Fault::Unverified));
    let elsewhere = creation(said(), "portal.example.net", flags, b"id", &pair.cose());
    assert_eq!(elsewhere.judge(&party()), Err(Fault::Elsewhere));
    let used = creation(client_data("webauthn.get", "https://portal.example", false), id, flags, b"id", &pair.cose());
    assert_eq!(used.judge(&party()), Err(Fault::Elsewhere));
    let none = Creation { attestation: attestation(&data(id, VERIFIED_USE, 0)), client_data: said(), ..used };
    assert_eq!(none.judge(&party()), Err(Fault::Unreadable));
}

#[test]
fn what_is_sent_is_read_strictly() {
    let said = URL_SAFE_NO_PAD.encode(client_data("webauthn.get", "https://portal.example", false));
    let whole = |owner: Value| {
        json!({ "id": "AQ", "type": "public-key", "response": {
        "clientDataJSON": said, "authenticatorData": "AA", "signature": "AA", "userHandle": owner } })
    };
    assert_eq!(
        Assertion::read(&whole("AQID".into()).to_string()).unwrap().owner.as_deref(),
        Some([1, 2, 3].as_slice())
    );
    assert!(Assertion::read(&whole(Value::Null).to_string()).unwrap().owner.is_none());
    assert_eq!(Assertion::read(&whole(Value::Null).to_string()).unwrap().challenge(), ids::sha256(&[0; 3]));
    let long = whole("A".repeat(LONGEST).into()).to_string();
    for wrong in ["", "{}", "null", "[]", "{\"id\":1}", &whole("A=".into()).to_string(), &long] {
        assert!(matches!(Assertion::read(wrong), Err(Fault::Unreadable)), "{wrong}");
        assert!(matches!(Creation::read(wrong), Err(Fault::Unreadable)), "{wrong}");
    }
}

proptest! {
    #[test]
    fn one_bit_elsewhere_and_nothing_is_taken(place in any::<prop::sample::Index>(), bit in 0..8_u32) {
        let pair = Pair::es256();
        let said = client_data("webauthn.get", "https://portal.example", false);
        let answer = assertion(&pair, said, data("portal.example", VERIFIED_USE, 8));
        let key = pair.cose();
        prop_assert_eq!(answer.judge(&party(), known(&key, 7)), Ok(8));
        let mut parts = [answer.client_data, answer.data, answer.signature];
        let at = place.index(parts.iter().map(Vec::len).sum());
        let byte = parts.iter_mut().flatten().nth(at).unwrap();
        *byte ^= 1 << bit;
        let [client_data, data, signature] = parts;
        let flawed = Assertion { client_data, data, signature, ..answer };
        prop_assert!(flawed.judge(&party(), known(&key, 7)).is_err());
    }

    #[test]
    fn no_bytes_are_too_strange_to_be_refused(bytes in prop::collection::vec(any::<u8>(), 0..300), counter: u32) {
        let (said, new) = ("webauthn.get", "webauthn.create");
        let here = "https://portal.example";
        let data = [data("portal.example", VERIFIED_USE | HAS_CREDENTIAL, counter), bytes.clone()].concat();
        for attestation in [bytes.clone(), attestation(&bytes), attestation(&data)] {
            let client_data = client_data(new, here, false);
            let made = Creation { credential: bytes.clone(), client_data, attestation, challenge: Vec::new() };
            prop_assert!(made.judge(&party()).is_err());
        }
        let client_data = client_data(said, here, false);
        let signature = bytes.clone();
        let answer = Assertion { credential: vec![1], owner: None, client_data, data, signature, challenge: Vec::new() };
        prop_assert!(answer.judge(&party(), known(&bytes, 0)).is_err());
        prop_assert!(Key::read(&bytes).is_none_or(|key| !key.signed(&bytes, &bytes)));
    }
}
