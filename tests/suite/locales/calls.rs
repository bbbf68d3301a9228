//! Where the sources ask for a message: literal ids with their arguments, ids handed to form macros, and patterns.

use std::collections::{BTreeMap, BTreeSet};

use crate::house::lexer::{Token, arguments, tokens};
use crate::house::sources::{Source, files};

/// One literal id somewhere in the sources.
pub struct Call {
    /// Where.
    pub path: String,
    /// Which message.
    pub id: String,
    /// The names of the arguments that are given; `None` where that can't be read from the code.
    pub given: Option<Given>,
}

/// The arguments of a call.
pub enum Given {
    /// Just these.
    Exactly(BTreeSet<String>),
    /// These and maybe more than the message needs.
    AtLeast(BTreeSet<String>),
}

/// The code of src without tests, and of templates.
pub fn sources() -> Vec<(Source, Vec<Token>)> {
    let rust = files("src", &[".rs"]).into_iter().map(|source| {
        let code = source.tokens().to_vec();
        (source, code)
    });
    let templates = files("templates", &[".html"]).into_iter().map(|source| {
        let code = tokens(&template_code(&source.text));
        (source, code)
    });
    rust.chain(templates).collect()
}

/// What stands in `{{ }}` and `{% %}`, apart from comments.
fn template_code(html: &str) -> String {
    let mut code = String::new();
    let mut rest = html;
    while let Some(open) = rest.find("{{").into_iter().chain(rest.find("{%")).chain(rest.find("{#")).min() {
        let (mark, behind) = rest[open..].split_at(2);
        let close = match mark {
            "{{" => "}}",
            "{%" => "%}",
            _ => "#}",
        };
        let end = behind.find(close).unwrap_or(behind.len());
        if mark != "{#" {
            code.push_str(behind[..end].trim_matches(['-', '~', '+']));
            code.push_str(" ;\n");
        }
        rest = behind.get(end + 2..).unwrap_or_default();
    }
    code
}

fn names<const N: usize>(names: [&str; N]) -> BTreeSet<String> {
    names.into_iter().map(str::to_owned).collect()
}

/// Calls of `t`, `t1`, `t2`, `tn` and `plain` with a literal id, and macro calls with one.
pub fn calls(path: &str, code: &[Token], macros: &Macros) -> Vec<Call> {
    let mut found = Vec::new();
    for (at, pair) in code.windows(2).enumerate() {
        let (Some(name), true) = (pair[0].word(), pair[1].is('(')) else { continue };
        let arguments = arguments(code, at + 1);
        let call = |id: &str, given| Call { path: path.to_owned(), id: id.to_owned(), given };
        let is_method = at > 0 && code[at - 1].is('.');
        if let (true, Some([Token::Text(id)])) = (is_method, arguments.first()) {
            if let Some(given) = given(name, &arguments) {
                found.push(call(id, given));
            }
        } else if at > 0 && !is_method {
            for place in macros.get(name).into_iter().flatten() {
                if let Some([Token::Text(id)]) = arguments.get(*place)
                    && !id.is_empty()
                {
                    found.push(call(id, None));
                }
            }
        }
    }
    found
}

/// The arguments that the method `name` gives to a message; `None` if it is no method that asks for one.
#[expect(clippy::option_option, reason = "no such method, and arguments that can't be read, are two things")]
fn given(name: &str, arguments: &[&[Token]]) -> Option<Option<Given>> {
    let literal = |argument: Option<&&[Token]>| {
        let text = argument?.iter().find(|token| !token.is('('))?;
        text.text().map(str::to_owned)
    };
    let these = |places: &[usize]| {
        let texts: Option<BTreeSet<String>> = places.iter().map(|place| literal(arguments.get(*place))).collect();
        texts.map(Given::Exactly)
    };
    match (name, arguments.len()) {
        ("t", 1) => Some(Some(Given::Exactly(BTreeSet::new()))),
        ("tn", 2) => Some(Some(Given::Exactly(names(["count"])))),
        ("t1", 3) => Some(these(&[1])),
        ("t2", 3) => Some(these(&[1, 2])),
        ("t2", 5) => Some(these(&[1, 3])),
        ("plain", 2) => Some(listed(arguments[1]).map(Given::AtLeast)),
        _ => None,
    }
}

/// The names in `&[("name", value), ...]`.
fn listed(argument: &[Token]) -> Option<BTreeSet<String>> {
    if !(argument.first()?.is('&') && argument.get(1)?.is('[')) {
        return None;
    }
    let pairs = arguments(argument, 1);
    pairs.into_iter().map(|pair| pair.get(1)?.text().map(str::to_owned)).collect()
}

/// For each template macro, which of its arguments are message ids.
pub type Macros = BTreeMap<String, BTreeSet<usize>>;

/// Reads the macros: an argument is a message id if the macro asks for it, or hands it on to one that does.
pub fn macros(sources: &[(Source, Vec<Token>)]) -> Macros {
    let mut bodies = Vec::new();
    for (_, code) in sources.iter().filter(|(source, _)| source.path.ends_with(".html")) {
        for (at, pair) in code.windows(3).enumerate() {
            if let (Some("macro"), Some(name), true) = (pair[0].word(), pair[1].word(), pair[2].is('(')) {
                let end = code.iter().skip(at).position(|token| token.word() == Some("endmacro"));
                let parameters: Vec<&str> =
                    arguments(code, at + 2).iter().filter_map(|it| it.first()?.word()).collect();
                bodies.push((name, parameters, &code[at + 2..at + end.unwrap_or(code.len() - at)]));
            }
        }
    }
    let mut found = Macros::new();
    loop {
        let before = found.clone();
        for (name, parameters, body) in &bodies {
            let asked = asked(body, &found);
            let places = parameters.iter().enumerate().filter(|(_, it)| asked.contains(**it)).map(|(place, _)| place);
            found.entry((*name).to_owned()).or_default().extend(places.collect::<Vec<_>>());
        }
        if found == before {
            return found;
        }
    }
}

/// The bare words that `body` uses as message ids.
fn asked<'c>(body: &'c [Token], macros: &Macros) -> BTreeSet<&'c str> {
    let mut found = BTreeSet::new();
    for (at, pair) in body.windows(2).enumerate() {
        let (Some(name), true) = (pair[0].word(), pair[1].is('(')) else { continue };
        let arguments = arguments(body, at + 1);
        let is_method = at > 0 && body[at - 1].is('.');
        let places: Vec<usize> = match name {
            "t" | "t1" | "t2" | "tn" | "plain" if is_method => vec![0],
            _ if is_method => Vec::new(),
            _ => macros.get(name).into_iter().flatten().copied().collect(),
        };
        for place in places {
            if let Some([Token::Word(word)]) = arguments.get(place) {
                found.insert(word.as_str());
            }
        }
    }
    found
}

#[test]
fn calls_are_read_with_their_arguments() {
    let code = tokens(
        r#"ctx.t("a"); lang.t1("b", "x", 1); ctx.t2("c", "x", 1, "y", 2); lang.t2("d", ("x", 1), ("y", f(2, 3)));
           lang.plain("e", &[("x", &x)]); lang.plain("f", &args); f::text(ctx, form, "name", "g", "", 3); ctx.tn("h", 3)"#,
    );
    let macros = Macros::from([("text".to_owned(), BTreeSet::from([3, 4]))]);
    let shown = |call: &Call| match &call.given {
        Some(Given::Exactly(names)) => format!("{} = {names:?}", call.id),
        Some(Given::AtLeast(names)) => format!("{} > {names:?}", call.id),
        None => call.id.clone(),
    };
    let found: Vec<String> = calls("x.rs", &code, &macros).iter().map(shown).collect();
    let expected = [
        "a = {}",
        "b = {\"x\"}",
        "c = {\"x\", \"y\"}",
        "d = {\"x\", \"y\"}",
        "e > {\"x\"}",
        "f",
        "g",
        "h = {\"count\"}",
    ];
    assert_eq!(found, expected);
}

#[test]
fn macros_hand_message_ids_on() {
    let html = r#"{% macro label(ctx, label) %}{{ ctx.t(label) }}{% endmacro %}
        {% macro text(ctx, name, words, rows) %}{% call label(ctx, words) %}{% endcall %}{{ name }}{% endmacro %}"#;
    let source = Source::new("templates/x.html".into(), html.into());
    let code = tokens(&template_code(html));
    let found = macros(&[(source, code)]);
    assert_eq!(found["label"], BTreeSet::from([1]));
    assert_eq!(found["text"], BTreeSet::from([2]));
}
