//! TLS, as a scanner sees it that tries every version and every suite.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use super::said;
use crate::limits::tls;

/// What is wrong with the TLS of a server.
fn faults(host: &str) -> Vec<String> {
    let all = said(Command::new("sslscan").args(["--no-colour", "--show-sigs", "--xml=-", host]));
    let lines: Vec<&str> = all.lines().map(str::trim).collect();
    let has = |beginning: &str| lines.iter().any(|line| line.starts_with(beginning));
    assert!(has("<protocol ") && has("<cipher "), "no judgement: {all}");
    let is_fault = |line: &&&str| {
        let says = |words: &str| line.contains(words);
        let is_old = says("type=\"ssl\"") || says("version=\"1.0\"") || says("version=\"1.1\"");
        match line.split(' ').next().unwrap_or_default() {
            "<protocol" => is_old && says("enabled=\"1\""),
            "<cipher" => !(says("strength=\"strong\"") || says("strength=\"acceptable\"")),
            "<heartbleed" => says("vulnerable=\"1\""),
            "<compression" => says("supported=\"1\""),
            "<renegotiation" => says("supported=\"1\"") && says("secure=\"0\""),
            "<connection-signature-algorithm" => says("sha1") || says("md5") || says("dsa_sha224"),
            _ => line.starts_with("<expired>true") || says("error=\"true\""),
        }
    };
    lines.iter().filter(is_fault).map(|line| (*line).to_owned()).collect()
}

/// Another program that speaks what it should not, with the same certificate.
fn flawed(folder: &Path) -> (std::process::Child, String) {
    let mut server = Command::new("openssl");
    server.args(["s_server", "-accept", "127.0.0.1:0", "-www", "-cipher", "ALL:@SECLEVEL=0", "-min_protocol", "TLSv1"]);
    server.arg("-cert").arg(folder.join("certificate.pem")).arg("-key").arg(folder.join("key.pem"));
    let mut child = server.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let host = lines.find_map(|line| line.ok()?.strip_prefix("ACCEPT ").map(str::to_owned)).expect("it says where");
    (child, host)
}

#[test]
fn the_scanner_finds_no_fault_in_what_is_spoken() {
    let folder = tempfile::tempdir().unwrap();
    let (_server, host) = tls::start(folder.path());
    let (mut other, flawed) = flawed(folder.path());
    let told = faults(&flawed);
    other.kill().unwrap();
    other.wait().unwrap();
    for needed in ["version=\"1.0\"", "version=\"1.1\"", "<cipher"] {
        assert!(told.iter().any(|line| line.contains(needed)), "the scanner speaks of {needed}: {told:?}");
    }
    assert_eq!(faults(&host), Vec::<String>::new());
}
