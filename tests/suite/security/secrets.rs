//! How long secrets are, how strong hashes stay, who may read the portal's folders, and that a demo touches nobody's portal.

use std::os::unix::fs::PermissionsExt as _;
use std::process::Output;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use norm_portal::ids;

use crate::harness::people::sign_in;
use crate::harness::rows::Rows;
use crate::harness::{Backend, Program, Server, on_both};

/// The bits of a secret as it is written in cookies and links.
fn bits(secret: &str) -> usize {
    URL_SAFE_NO_PAD.decode(secret).unwrap_or_else(|error| panic!("{secret:?}: {error}")).len() * 8
}

#[test]
fn every_secret_that_is_given_out_has_256_bits() {
    let secrets: Vec<String> = (0..64).map(|_| ids::secret()).collect();
    assert!(secrets.iter().all(|secret| bits(secret) == 256));
    let mut ones = [0_u32; 256];
    for secret in &secrets {
        let bytes = URL_SAFE_NO_PAD.decode(secret).unwrap();
        for (at, count) in ones.iter_mut().enumerate() {
            *count += u32::from(bytes[at / 8] >> (at % 8) & 1);
        }
    }
    // That a bit is the same 64 times happens by chance once in 2^55 runs.
    assert!(ones.iter().all(|count| (1..64).contains(count)), "no bit is fixed");

    let server = Server::start(Backend::Sqlite);
    let eve = server.anonymous();
    eve.get("/sign-in").expect(200);
    let mut given = vec![eve.cookie("form").expect("the secret of forms")];
    let (ada, form) = server.registration("ada");
    form.press().expect(200);
    let link = server.link_in(&server.mail_to(&ada.email));
    given.push(link.rsplit('/').next().unwrap().to_owned());
    ada.get(&link).form("main form").press().expect(303);
    ada.sign_in();
    given.push(ada.cookie("session").expect("a session"));
    let mo = server.moderator("mo");
    sign_in(&eve, &mo.email, &mo.password).expect(303);
    given.push(eve.cookie("half").expect("a sign-in that waits"));
    eve.get("/password/reset").form("main form").set("email", &ada.email).press().expect(200);
    given.push(server.link_in(&server.mail_to(&ada.email)).rsplit('/').next().unwrap().to_owned());
    given.push(
        server
            .invitation("new@example.org", "New", norm_portal::web::Role::Moderator)
            .rsplit('/')
            .next()
            .unwrap()
            .to_owned(),
    );
    assert_eq!(given.iter().map(|secret| bits(secret)).collect::<Vec<_>>(), [256; 6]);
}

#[test]
fn what_is_keyed_is_the_hmac_of_rfc_4231() {
    let first = "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7";
    let second = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
    assert_eq!(hex::encode(ids::keyed(&[0x0b; 20], b"Hi There")), first);
    assert_eq!(hex::encode(ids::keyed(b"Jefe", b"what do ya want for nothing?")), second);
}

/// The hash of `quiet lantern over the marsh ada 41` with 8 MiB and one pass, as an older program would have made it.
fn weaker() -> String {
    use argon2::password_hash::PasswordHasher as _;
    let params = argon2::Params::new(8192, 1, 1, None).unwrap();
    let older = argon2::Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, params);
    older.hash_password(crate::harness::people::password("ada").as_bytes()).unwrap().to_string()
}

on_both! {
    fn a_password_whose_hash_is_weaker_than_today_is_hashed_anew_at_sign_in(server: Server) {
        let ada = server.stakeholder("ada");
        let rows = Rows::of(server.db());
        let stored = || rows.names("SELECT password_hash AS t FROM accounts").remove(0);
        let version = || server.number("SELECT version AS n FROM accounts");
        let (strong, before) = (stored(), version());
        ada.elsewhere(&server);
        assert_eq!(stored(), strong, "one that is strong enough stays");
        let weak = weaker();
        assert!(weak.starts_with("$argon2id$v=19$m=8192,t=1,p=1$"), "{weak}");
        server.execute(&format!("UPDATE accounts SET password_hash = '{weak}'"));
        sign_in(&server.anonymous(), &ada.email, "not the password at all").expect(422);
        assert_eq!(stored(), weak, "a wrong password changes nothing");
        ada.elsewhere(&server);
        let anew = stored();
        assert!(anew.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{anew}");
        assert_eq!(version(), before, "nothing that the person would call a change");
        ada.elsewhere(&server);
        assert_eq!(stored(), anew);
        server.assert_audit_holds();
    }

    fn a_demo_is_made_in_an_empty_portal_only(server: Server) {
        server.stakeholder("ada");
        let program = Program::beside(&server);
        let Output { status, stderr, .. } = program.run(&["demo", "--comments", "1"]);
        let told = String::from_utf8_lossy(&stderr);
        assert_eq!(status.code(), Some(1), "{told}");
        assert_eq!((server.count("accounts"), server.count("comments")), (1, 0), "{told}");
    }
}

#[test]
fn folders_are_made_for_the_portals_own_user_alone() {
    let above = tempfile::tempdir().unwrap();
    let folder = above.path().join("deep").join("data");
    let program = Program::new(Backend::Sqlite).with("NORM_PORTAL_DATA_DIR", folder.to_str().unwrap());
    let serving = program.serve();
    serving.client().get("/readyz").expect(200);
    let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&folder), 0o700);
    assert!(folder.join("norm-portal.db").exists());
    serving.kill();
    let other = above.path().join("other").join("data");
    program.with("NORM_PORTAL_DATA_DIR", other.to_str().unwrap()).done(&["import-norms"]);
    assert_eq!(mode(&other), 0o700);
}
