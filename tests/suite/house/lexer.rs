//! Enough of a Rust lexer to tell code from strings and comments. Knows nothing of the portal.

/// A piece of code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token {
    /// An identifier or keyword.
    Word(String),
    /// A string literal, without its quotation marks; escapes as they stand.
    Text(String),
    /// Any other character that is not white space.
    Mark(char),
}

impl Token {
    /// Whether it is this mark.
    pub fn is(&self, mark: char) -> bool {
        *self == Token::Mark(mark)
    }

    /// The word, if it is one.
    pub fn word(&self) -> Option<&str> {
        if let Token::Word(word) = self { Some(word) } else { None }
    }

    /// The content, if it is a string.
    pub fn text(&self) -> Option<&str> {
        if let Token::Text(text) = self { Some(text) } else { None }
    }
}

/// The tokens of `code`; comments are left out, characters in single quotation marks too.
pub fn tokens(code: &str) -> Vec<Token> {
    let chars: Vec<char> = code.chars().collect();
    let (mut found, mut at) = (Vec::new(), 0);
    while at < chars.len() {
        let next = chars.get(at + 1).copied().unwrap_or(' ');
        at = match chars[at] {
            '/' if next == '/' => until(&chars, at, |c| c == '\n'),
            '/' if next == '*' => after_comment(&chars, at),
            '"' => string(&chars, at, &mut found),
            'r' if next == '"' || next == '#' => raw_string(&chars, at, &mut found),
            'b' if next == '"' => string(&chars, at + 1, &mut found),
            '\'' => after_quote(&chars, at),
            c if c.is_alphanumeric() || c == '_' => {
                let end = until(&chars, at, |c| !(c.is_alphanumeric() || c == '_'));
                found.push(Token::Word(chars[at..end].iter().collect()));
                end
            }
            c => {
                if !c.is_whitespace() {
                    found.push(Token::Mark(c));
                }
                at + 1
            }
        };
    }
    found
}

fn until(chars: &[char], from: usize, ends: impl Fn(char) -> bool) -> usize {
    (from..chars.len()).find(|at| ends(chars[*at])).unwrap_or(chars.len())
}

fn after_comment(chars: &[char], from: usize) -> usize {
    let closes = |at: &usize| chars[*at] == '*' && chars.get(at + 1) == Some(&'/');
    (from + 2..chars.len()).find(closes).map_or(chars.len(), |at| at + 2)
}

/// Reads the string that begins at `from`; returns where it ends.
fn string(chars: &[char], from: usize, found: &mut Vec<Token>) -> usize {
    let mut at = from + 1;
    while at < chars.len() && chars[at] != '"' {
        at += if chars[at] == '\\' { 2 } else { 1 };
    }
    let end = at.min(chars.len());
    found.push(Token::Text(chars[from + 1..end].iter().collect()));
    end + 1
}

/// `r"..."`, `r#"..."#`; a raw identifier (`r#type`) is a word.
fn raw_string(chars: &[char], from: usize, found: &mut Vec<Token>) -> usize {
    let quote = until(chars, from + 1, |c| c != '#');
    if chars.get(quote) != Some(&'"') {
        return quote;
    }
    let hashes = quote - from - 1;
    let closes = |at: &usize| chars[*at] == '"' && chars[at + 1..].iter().take_while(|c| **c == '#').count() >= hashes;
    let end = (quote + 1..chars.len()).find(closes).unwrap_or(chars.len());
    found.push(Token::Text(chars[quote + 1..end].iter().collect()));
    end + 1 + hashes
}

/// A character literal, or only the mark of a lifetime.
fn after_quote(chars: &[char], from: usize) -> usize {
    match (chars.get(from + 1), chars.get(from + 2)) {
        (Some('\\'), _) => until(chars, from + 3, |c| c == '\'') + 1,
        (Some(_), Some('\'')) => from + 3,
        _ => from + 1,
    }
}

/// The arguments of the call whose opening bracket stands at `open`, each as its tokens.
pub fn arguments(tokens: &[Token], open: usize) -> Vec<&[Token]> {
    let (mut found, mut depth, mut start) = (Vec::new(), 0_usize, open + 1);
    for (at, token) in tokens.iter().enumerate().skip(open) {
        match token {
            Token::Mark('(' | '[' | '{') => depth += 1,
            Token::Mark(')' | ']' | '}') => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    if at > start {
                        found.push(&tokens[start..at]);
                    }
                    return found;
                }
            }
            Token::Mark(',') if depth == 1 => {
                found.push(&tokens[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    found
}

#[test]
fn code_strings_and_comments_are_told_apart() {
    let code = r##"a.t("x") // "no"
        /* t("no") */ 'c' '\'' '"' &'a str r#"raw "quoted""# b"bytes" "es\"c""##;
    let texts: Vec<String> = tokens(code).iter().filter_map(Token::text).map(str::to_owned).collect();
    assert_eq!(texts, ["x", "raw \"quoted\"", "bytes", "es\\\"c"]);
    let words: Vec<String> = tokens(code).iter().filter_map(Token::word).map(str::to_owned).collect();
    assert_eq!(words, ["a", "t", "a", "str"]);
}

#[test]
fn arguments_are_split_at_their_own_commas() {
    let call = tokens("f(a, g(b, c), [d, e],) + h");
    let found = arguments(&call, 1);
    assert_eq!(found.iter().map(|argument| argument.len()).collect::<Vec<_>>(), [1, 6, 5]);
}
