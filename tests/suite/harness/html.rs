//! What holds for every answer that any test sees: valid, accessible, safe.

use std::collections::BTreeSet;

use scraper::{ElementRef, Html};

use super::client::{Answer, css};

/// Fails unless headers and page are as every one must be.
#[track_caller]
pub fn check(answer: &Answer, with_session: bool) {
    let mut faults = headers(answer, with_session);
    let is_page = answer.header("content-type").is_some_and(|kind| kind.starts_with("text/html"));
    // What is taken away as a file is no page of the portal.
    let is_file = answer.header("content-disposition").is_some_and(|kind| kind.starts_with("attachment"));
    if is_page && !is_file && !answer.body.is_empty() {
        faults.extend(page(&answer.text()));
        faults.extend(scripts(&answer.text(), answer.header("content-security-policy").unwrap_or_default()));
    }
    let (path, status) = (&answer.path, answer.status);
    assert!(
        faults.is_empty(),
        "{path} ({status}):\n  {}\n{}",
        faults.join("\n  "),
        if is_page { answer.text() } else { String::new() }
    );
}

fn headers(answer: &Answer, with_session: bool) -> Vec<String> {
    let mut faults = Vec::new();
    let policy = answer.header("content-security-policy").unwrap_or_default();
    for needed in ["default-src 'none'", "frame-ancestors 'none'", "form-action 'self'", "base-uri 'none'"] {
        if !policy.contains(needed) {
            faults.push(format!("the content security policy lacks {needed}: {policy:?}"));
        }
    }
    if policy.contains("unsafe-") || policy.contains('*') {
        faults.push(format!("the content security policy lets too much through: {policy:?}"));
    }
    let is_shared = answer.header("access-control-allow-origin") == Some("*");
    if is_shared
        && (answer.header("set-cookie").is_some() || answer.header("access-control-allow-credentials").is_some())
    {
        faults.push("what other sites may read sets or takes a cookie".into());
    }
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        // What pages of other sites may read, they may load; nothing that depends on a cookie.
        ("cross-origin-resource-policy", if is_shared { "cross-origin" } else { "same-origin" }),
    ] {
        if answer.header(name) != Some(value) {
            faults.push(format!("{name} is {:?}", answer.header(name)));
        }
    }
    faults
        .extend((!says_what_it_is(answer)).then(|| format!("the content type is {:?}", answer.header("content-type"))));
    let is_page = answer.header("content-type").is_some_and(|kind| kind.starts_with("text/html"));
    if is_page && with_session && answer.header("cache-control") != Some("no-store") {
        faults.push(format!("a page of somebody signed in may be kept: {:?}", answer.header("cache-control")));
    }
    for (_, cookie) in answer.headers.iter().filter(|(name, _)| name == "set-cookie") {
        let attributes = cookie.to_lowercase();
        if !attributes.contains("httponly") || !attributes.contains("samesite=lax") {
            faults.push("a cookie that scripts or other sites can use".into());
        }
    }
    faults
}

/// Whether an answer with a body has a type, and one of text or XML its charset.
fn says_what_it_is(answer: &Answer) -> bool {
    let kind = answer.header("content-type").unwrap_or_default();
    let mut parts = kind.split(';').map(str::trim);
    let name = parts.next().unwrap_or_default();
    let is_text = name.starts_with("text/") || name.ends_with("/xml") || name.ends_with("+xml");
    answer.body.is_empty() || (!name.is_empty() && (!is_text || parts.any(|part| part == "charset=utf-8")))
}

/// What is wrong with a page.
pub fn page(text: &str) -> Vec<String> {
    let dom = Html::parse_document(text);
    let mut faults: Vec<String> = dom.errors.iter().map(|error| format!("not valid HTML: {error}")).collect();
    if !text.starts_with("<!DOCTYPE html>") {
        faults.push("no doctype".into());
    }
    if text.contains('\u{27e6}') {
        faults.push("a message is missing".into());
    }
    let root = dom.root_element();
    for name in ["lang", "dir"] {
        if root.value().attr(name).is_none_or(str::is_empty) {
            faults.push(format!("<html> has no {name}"));
        }
    }
    for (selector, count) in [("h1", 1), ("head > title", 1), ("main", 1)] {
        let found = dom.select(&css(selector)).count();
        if found != count {
            faults.push(format!("{found} {selector}"));
        }
    }
    faults.extend(references(&dom));
    faults.extend(controls(&dom));
    faults.extend(inline(&dom));
    faults
}

/// Scripts: browsers run only those whose digests the policy has.
fn scripts(text: &str, policy: &str) -> Vec<String> {
    let mut faults = Vec::new();
    for script in text.split("<script ").skip(1).filter_map(|rest| rest.split('>').next()) {
        let digest = script.split_once("integrity=\"").and_then(|(_, rest)| rest.split('"').next()).unwrap_or_default();
        let is_data = script.contains("application/ld+json");
        if !is_data && (digest.is_empty() || !policy.contains(&format!("'{digest}'"))) {
            faults.push(format!("the policy keeps a script from running: {script}"));
        }
    }
    faults
}

/// Ids: each once, and each that is named is there.
fn references(dom: &Html) -> Vec<String> {
    let mut faults = Vec::new();
    let mut ids = BTreeSet::new();
    for element in dom.select(&css("[id]")) {
        let id = element.value().attr("id").unwrap_or_default();
        if id.is_empty() || id.contains(char::is_whitespace) || !ids.insert(id.to_owned()) {
            faults.push(format!("the id {id:?} is empty, holds a space, or stands twice"));
        }
    }
    for name in ["for", "aria-describedby", "aria-labelledby", "aria-controls"] {
        for element in dom.select(&css(&format!("[{name}]"))) {
            let named = element.value().attr(name).unwrap_or_default();
            for id in named.split_whitespace().filter(|id| !ids.contains(*id)) {
                faults.push(format!("{name} names {id:?}, which is not there"));
            }
        }
    }
    for link in dom.select(&css("a[href^='#']")) {
        let id = link.value().attr("href").unwrap_or_default().trim_start_matches('#');
        if !ids.contains(id) {
            faults.push(format!("a link leads to #{id}, which is not there"));
        }
    }
    faults
}

/// Fields: each with a label.
fn controls(dom: &Html) -> Vec<String> {
    let labelled: BTreeSet<_> = dom.select(&css("label[for]")).filter_map(|label| label.value().attr("for")).collect();
    let is_named = |control: &ElementRef| {
        let element = control.value();
        element.attr("id").is_some_and(|id| labelled.contains(id))
            || element.attr("aria-label").is_some()
            || element.attr("aria-labelledby").is_some()
    };
    let (fields, pressed) = (css("input:not([type=hidden]), select, textarea"), css("button, a[href]"));
    let unnamed =
        dom.select(&fields).filter(|control| !is_named(control)).map(|control| format!("no label: {}", control.html()));
    let is_silent =
        |it: &ElementRef| it.text().all(|text| text.trim().is_empty()) && it.value().attr("aria-label").is_none();
    let silent = dom.select(&pressed).filter(is_silent).map(|it| format!("no words: {}", it.html()));
    unnamed.chain(silent).collect()
}

/// Nothing that the content security policy would have to allow.
fn inline(dom: &Html) -> Vec<String> {
    let mut faults = Vec::new();
    for element in dom.select(&css("*")) {
        let name = element.value().name();
        // A block of data is no script.
        let is_data = element.value().attr("type") == Some("application/ld+json");
        if name == "style" || name == "base" || (name == "script" && !is_data && element.value().attr("src").is_none())
        {
            faults.push(format!("an inline <{name}>"));
        }
        for (attribute, value) in element.value().attrs() {
            let is_address = matches!(attribute, "href" | "src" | "action" | "formaction" | "poster" | "data");
            let scheme = value.trim_start().split(':').next().unwrap_or_default().to_lowercase();
            let runs = is_address && matches!(scheme.as_str(), "javascript" | "data" | "vbscript");
            if attribute == "style" || attribute.starts_with("on") || runs {
                faults.push(format!("<{name} {attribute}={value:?}>"));
            }
            // What a page calls its own address is loaded by nobody, and has to be whole.
            let is_name = element.value().attr("rel") == Some("canonical");
            let loads = matches!(attribute, "src" | "srcset") || (name == "link" && attribute == "href" && !is_name);
            if loads && (!value.starts_with('/') || value.starts_with("//")) {
                faults.push(format!("<{name}> loads {value:?}"));
            }
        }
    }
    faults
}

#[test]
fn the_checks_see_what_is_wrong() {
    let sound = r#"<!DOCTYPE html><html lang="en" dir="ltr"><head><title>a</title></head><body><main><h1>b</h1></main></body></html>"#;
    assert_eq!(page(sound), Vec::<String>::new());
    for (from, to) in [
        ("<!DOCTYPE html>", ""),
        (" lang=\"en\"", ""),
        ("<h1>b</h1>", ""),
        ("<h1>", "<p id=x></p><p id=x></p><h1>"),
        ("<h1>", "<input name=a><h1>"),
        ("<h1>", "<label for=no>a</label><h1>"),
        ("<h1>", "<p style=\"\">a</p><h1>"),
        ("<h1>", "<p onclick=a>a</p><h1>"),
        ("<h1>", "<a href=\" JavaScript:a\">a</a><h1>"),
        ("<h1>", "<script>a</script><h1>"),
        ("<h1>", "<img src=\"//elsewhere/a\" alt=\"\"><h1>"),
        ("<h1>", "<p><div></div></p><h1>"),
        ("<h1>", "\u{27e6}title\u{27e7}<h1>"),
    ] {
        assert_ne!(page(&sound.replacen(from, to, 1)), Vec::<String>::new(), "{to:?} for {from:?}");
    }
}
