//! What the program is made of: licences and places of the libraries, judged by `cargo deny`; the list of materials.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// What `cargo deny` has against the libraries, by these rules; `None`: nothing.
fn denied(rules: &Path) -> Option<String> {
    let deny =
        std::env::var("NORM_PORTAL_TEST_DENY").expect("run the tests with `tests/run`, which fetches cargo-deny");
    let mut judge = Command::new(deny);
    judge.current_dir(env!("CARGO_MANIFEST_DIR")).args(["--locked", "--color", "never", "--config"]).arg(rules);
    let output = judge.args(["check", "--hide-inclusion-graph", "licenses", "bans", "sources"]).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let told = text(&output.stdout) + &text(&output.stderr);
    assert!(told.contains("licenses ") && told.contains("sources "), "no judgement: {told}");
    (!output.status.success()).then_some(told)
}

#[test]
fn licences_and_places_of_all_libraries_are_allowed() {
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("config/deny.toml");
    let text = std::fs::read_to_string(&rules).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let strict = folder.path().join("deny.toml");
    for (kept_out, changed) in [
        ("\"ISC\"", text.replace("  \"ISC\",\n", "")),
        ("rustls", text.replace("deny = [{", "deny = [{ crate = \"rustls\" }, {")),
        ("crates.io", format!("{text}allow-registry = []\n")),
    ] {
        assert_ne!(changed, text);
        std::fs::write(&strict, changed).unwrap();
        let told = denied(&strict).unwrap_or_else(|| panic!("the judge speaks of {kept_out}"));
        assert!(told.contains("error["), "{told}");
    }
    assert_eq!(denied(&rules), None);
}

/// The list of materials, as text.
fn materials() -> String {
    let python = std::env::var("NORM_PORTAL_TEST_PYTHON").expect("run the tests with `tests/run`, which finds Python");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("config/sbom.py");
    let output = Command::new(python).arg(script).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_list_of_materials_names_every_library_with_its_digest() {
    let text = materials();
    assert_eq!(materials(), text, "the same sources give the same list");
    let list: Value = serde_json::from_str(&text).unwrap();
    let components = list["components"].as_array().unwrap();
    let of: BTreeMap<String, &Value> = components
        .iter()
        .map(|it| (format!("{} {}", it["name"].as_str().unwrap(), it["version"].as_str().unwrap()), it))
        .collect();
    assert_eq!(of.len(), components.len(), "each once");
    let lock: toml::Table =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.lock")).unwrap().parse().unwrap();
    let locked: BTreeMap<String, &str> = lock["package"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|it| {
            let name = format!("{} {}", it["name"].as_str()?, it["version"].as_str()?);
            Some((name, it.get("checksum")?.as_str()?))
        })
        .collect();
    for (name, component) in &of {
        assert_eq!(component["hashes"][0]["content"].as_str(), locked.get(name).copied(), "{name}");
        assert!(component["licenses"][0]["expression"].is_string(), "{name} says under which licence it is");
    }
    let manifest: toml::Table = include_str!("../../../Cargo.toml").parse().unwrap();
    let names = |table: &str| manifest[table].as_table().unwrap().keys().cloned().collect::<Vec<_>>();
    let is_listed = |name: &String| components.iter().any(|it| it["name"] == name.as_str());
    for name in names("dependencies") {
        assert!(is_listed(&name), "{name} is missing");
    }
    let (for_tests, built_in) = (names("dev-dependencies"), names("dependencies"));
    let stray = ["scraper", "rcgen", "proptest"].map(str::to_owned);
    assert!(stray.iter().all(|name| for_tests.contains(name) && !built_in.contains(name) && !is_listed(name)));
}
