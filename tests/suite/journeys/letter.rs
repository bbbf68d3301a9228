//! A letter as it lies in the folder of file mail, read as a mail program reads it. Knows MIME, as far as plain text
//! needs it, and nothing of the portal.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// A plain text letter.
#[derive(Debug, Clone)]
pub struct Letter {
    /// The address it goes to.
    pub to: String,
    /// Its subject on one line.
    pub subject: String,
    /// Its text, with `\n` at the end of lines.
    pub body: String,
}

impl Letter {
    /// Reads an `.eml` file.
    ///
    /// # Panics
    /// When it is no letter, or not in UTF-8.
    pub fn parse(bytes: &[u8]) -> Self {
        let text = String::from_utf8(bytes.to_vec()).expect("a letter on the way is ASCII");
        let (head, body) = text.split_once("\r\n\r\n").expect("a head and a body");
        let head = head.replace("\r\n ", " ").replace("\r\n\t", " ");
        let named = |name: &str| {
            let found = head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
            found.unwrap_or_default().trim().to_owned()
        };
        let body = match named("Content-Transfer-Encoding").as_str() {
            "base64" => STANDARD.decode(body.split_whitespace().collect::<String>()).expect("base64"),
            "quoted-printable" => quoted_printable(body),
            _ => body.as_bytes().to_vec(),
        };
        let body = String::from_utf8(body).expect("a letter in UTF-8").replace("\r\n", "\n");
        Self { to: named("To"), subject: named("Subject"), body }
    }

    /// The first address of the portal in it.
    ///
    /// # Panics
    /// When there is none.
    pub fn link(&self, origin: &str) -> String {
        let link = self.body.split_whitespace().find(|word| word.starts_with(origin));
        link.unwrap_or_else(|| panic!("no link to {origin} in {self:?}")).to_owned()
    }
}

/// RFC 2045, section 6.7.
fn quoted_printable(text: &str) -> Vec<u8> {
    let text = text.replace("=\r\n", "");
    let mut parts = text.split('=');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        bytes.extend(hex::decode(&part[..2]).expect("two hexadecimal digits"));
        bytes.extend(&part.as_bytes()[2..]);
    }
    bytes
}

#[test]
fn a_letter_is_read_in_every_encoding() {
    let letter = |encoding: &str, body: &str| {
        let head = "To: a@example.org\r\nSubject: One\r\n two\r\nContent-Transfer-Encoding: ";
        Letter::parse(format!("{head}{encoding}\r\n\r\n{body}").as_bytes())
    };
    assert_eq!(letter("7bit", "x").subject, "One two");
    assert_eq!(letter("quoted-printable", "=E2=80=9Cso=\r\n=E2=80=9D\r\n").body, "\u{201c}so\u{201d}\n");
    assert_eq!(letter("base64", "4oCc\r\n4oCd\r\n").body, "\u{201c}\u{201d}");
    assert_eq!(letter("7bit", "see http://h/x now").link("http://h"), "http://h/x");
}
