//! TLS without a server in front: spoken by other programs, with certificates made here.

use std::path::Path;
use std::process::Command;

use norm_portal::config::Tls;
use rcgen::{CertificateParams, KeyPair};

use crate::harness::{Backend, Program, Server};

/// Writes a certificate for this machine and its key.
fn write_pair(folder: &Path) {
    let key = KeyPair::generate().unwrap();
    let params = CertificateParams::new(vec!["127.0.0.1".to_owned(), "localhost".to_owned()]).unwrap();
    std::fs::write(folder.join("certificate.pem"), params.self_signed(&key).unwrap().pem()).unwrap();
    std::fs::write(folder.join("key.pem"), key.serialize_pem()).unwrap();
}

/// A portal with TLS of its own, with a certificate in `folder`; its host and port.
pub fn start(folder: &Path) -> (Server, String) {
    write_pair(folder);
    let tls = Tls { certificate: folder.join("certificate.pem"), key: folder.join("key.pem") };
    let server = Server::start_with(Backend::Sqlite, |config| {
        config.server.tls = Some(tls);
        config.server.head_seconds = 1;
    });
    let host = server.origin.trim_start_matches("http://").to_owned();
    (server, host)
}

/// What curl shows of an address, or its complaint.
fn curl(folder: &Path, arguments: &[&str]) -> Result<String, String> {
    let trusted = folder.join("certificate.pem");
    let output = Command::new("curl").args(["-sS", "-i", "--cacert"]).arg(trusted).args(arguments).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    if output.status.success() { Ok(text(&output.stdout)) } else { Err(text(&output.stderr)) }
}

#[test]
fn another_program_reads_over_tls() {
    let folder = tempfile::tempdir().unwrap();
    let (server, host) = start(folder.path());
    let address = format!("https://{host}/norms/botnets");
    for version in [&["--tlsv1.2", "--tls-max", "1.2"][..], &["--tlsv1.3"]] {
        let said = curl(folder.path(), &[version, &[address.as_str()]].concat()).unwrap();
        assert!(said.starts_with("HTTP/1.1 200"), "{said}");
        assert!(said.contains("strict-transport-security: max-age=63072000"), "{said}");
    }
    let form = curl(folder.path(), &[&format!("https://{host}/sign-in")]).unwrap();
    let cookie = form.lines().find(|line| line.starts_with("set-cookie:")).expect("a cookie").to_lowercase();
    for needed in ["__host-form=", "; secure", "; httponly", "; samesite=lax", "; path=/"] {
        assert!(cookie.contains(needed), "{cookie}");
    }
    assert!(curl(folder.path(), &[&format!("http://{host}/")]).is_err(), "nothing is said in the clear");
    let other = tempfile::tempdir().unwrap();
    write_pair(other.path());
    let refused = curl(other.path(), &[&address]).unwrap_err();
    assert!(refused.contains("certificate"), "{refused}");
    assert_eq!(server.portal().site().origin(), format!("https://{host}"));
}

#[test]
fn versions_of_old_are_not_spoken() {
    let folder = tempfile::tempdir().unwrap();
    let (_server, host) = start(folder.path());
    let handshake = |version: &str| {
        let mut client = Command::new("openssl");
        client.args(["s_client", "-connect", &host, version, "-cipher", "ALL:@SECLEVEL=0"]);
        let output = client.stdin(std::process::Stdio::null()).output().unwrap();
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    assert!(handshake("-tls1_2").contains("Cipher is ECDHE-"), "{}", handshake("-tls1_2"));
    assert!(handshake("-tls1_1").contains("Cipher is (NONE)"), "{}", handshake("-tls1_1"));
}

/// The suite that openssl and the portal agree on, `(NONE)` for none.
fn agreed(host: &str, arguments: &[&str]) -> String {
    let mut client = Command::new("openssl");
    client.args(["s_client", "-connect", host]).args(arguments).stdin(std::process::Stdio::null());
    let said = String::from_utf8_lossy(&client.output().unwrap().stdout).into_owned();
    let agreed = said.lines().find_map(|line| line.split_once("Cipher is ")).map(|(_, suite)| suite.trim().to_owned());
    agreed.unwrap_or_else(|| panic!("{said}"))
}

#[test]
fn the_order_of_suites_is_the_servers_and_long_keys_come_first() {
    let folder = tempfile::tempdir().unwrap();
    let (_server, host) = start(folder.path());
    let short_first = "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384";
    assert_eq!(agreed(&host, &["-tls1_3", "-ciphersuites", short_first]), "TLS_AES_256_GCM_SHA384");
    let short_first = "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384";
    assert_eq!(agreed(&host, &["-tls1_2", "-cipher", short_first]), "ECDHE-ECDSA-AES256-GCM-SHA384");
}

#[test]
fn block_modes_and_keys_that_travel_are_not_spoken() {
    let folder = tempfile::tempdir().unwrap();
    let (_server, host) = start(folder.path());
    // CBC with its padding; RSA that encrypts the key by PKCS#1 v1.5; a key exchange without forward secrecy.
    for old in
        ["ECDHE-ECDSA-AES128-SHA", "ECDHE-ECDSA-AES256-SHA384", "AES128-SHA", "AES128-GCM-SHA256", "AES256-GCM-SHA384"]
    {
        assert_eq!(agreed(&host, &["-tls1_2", "-cipher", &format!("{old}:@SECLEVEL=0")]), "(NONE)", "{old}");
    }
    assert_eq!(
        agreed(&host, &["-tls1_2", "-cipher", "ECDHE-ECDSA-CHACHA20-POLY1305"]),
        "ECDHE-ECDSA-CHACHA20-POLY1305"
    );
}

#[test]
fn a_certificate_with_a_short_rsa_key_is_refused() {
    for (bits, is_taken) in [("2048", false), ("3072", true)] {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name).display().to_string();
        let (certificate, key) = (path("certificate.pem"), path("key.pem"));
        let mut maker = Command::new("openssl");
        maker.args([
            "req",
            "-x509",
            "-nodes",
            "-subj",
            "/CN=localhost",
            "-days",
            "2",
            "-newkey",
            &format!("rsa:{bits}"),
        ]);
        assert!(maker.args(["-keyout", &key, "-out", &certificate]).output().unwrap().status.success());
        let program = Program::new(Backend::Sqlite)
            .with("NORM_PORTAL_SERVER__TLS__CERTIFICATE", &certificate)
            .with("NORM_PORTAL_SERVER__TLS__KEY", &key);
        let output = program.run(&["check-config"]);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.success(), is_taken, "{bits}: {told}");
        assert_eq!(told.contains("3072"), !is_taken, "{told}");
    }
}

#[test]
fn a_new_certificate_is_shown_at_once_and_a_broken_one_never() {
    let folder = tempfile::tempdir().unwrap();
    let (_server, host) = start(folder.path());
    let address = format!("https://{host}/healthz");
    curl(folder.path(), &[&address]).unwrap();
    write_pair(folder.path());
    curl(folder.path(), &[&address]).expect("the new one is shown");
    let kept = std::fs::read(folder.path().join("certificate.pem")).unwrap();
    let trusted = tempfile::tempdir().unwrap();
    std::fs::write(trusted.path().join("certificate.pem"), kept).unwrap();
    for (file, text) in [("key.pem", ""), ("certificate.pem", "nonsense")] {
        std::fs::write(folder.path().join(file), text).unwrap();
        curl(trusted.path(), &[&address]).expect("the old one is kept");
    }
    write_pair(folder.path());
    curl(folder.path(), &[&address]).expect("and the next one is shown");
}

#[test]
fn connections_that_begin_no_handshake_are_closed() {
    let folder = tempfile::tempdir().unwrap();
    let (server, host) = start(folder.path());
    let silent = super::flood::connect(&server);
    assert_eq!(super::flood::rest(silent), "");
    curl(folder.path(), &[&format!("https://{host}/healthz")]).unwrap();
}

#[test]
fn a_certificate_that_can_not_be_used_stops_the_start_and_the_check() {
    let folder = tempfile::tempdir().unwrap();
    write_pair(folder.path());
    let other = tempfile::tempdir().unwrap();
    write_pair(other.path());
    let path = |folder: &Path, name: &str| folder.join(name).display().to_string();
    for (key, complaint) in
        [(path(other.path(), "key.pem"), "does not fit"), (path(other.path(), "none.pem"), "none.pem")]
    {
        let program = Program::new(Backend::Sqlite)
            .with("NORM_PORTAL_SERVER__TLS__CERTIFICATE", &path(folder.path(), "certificate.pem"))
            .with("NORM_PORTAL_SERVER__TLS__KEY", &key);
        for command in ["serve", "check-config"] {
            let output = program.run(&[command]);
            let told = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(!output.status.success() && told.contains(complaint), "{command}: {told}");
        }
    }
}
