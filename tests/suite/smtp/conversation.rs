//! One conversation with a mail client, command by command, plain or encrypted alike.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::time::Duration;

use super::{Caught, Encryption, Mode, Shared};

/// No command of a sane client is longer (RFC 5321 4.5.3.1.4 asks for 512).
const LONGEST_LINE: u64 = 4096;

const FINE: &str = "250 2.0.0 fine";

/// What the client has said so far.
pub struct Conversation<'a> {
    shared: &'a Shared,
    encrypted: bool,
    from: Option<String>,
    to: Vec<String>,
}

/// What the server does about a command.
enum Step {
    Say(&'static str),
    TakeMessage,
    Encrypt,
    Leave,
    Drip,
}

/// Why a conversation ended.
#[derive(PartialEq, Eq)]
pub enum End {
    /// The client wants to go on encrypted, and has been told to.
    Encrypt,
    /// One side has had enough.
    Over,
}

impl<'a> Conversation<'a> {
    /// Answers commands until one side has had enough.
    pub fn over<S: Read + Write>(stream: &mut BufReader<S>, shared: &'a Shared, encrypted: bool) -> io::Result<End> {
        let mut talk = Self { shared, encrypted, from: None, to: Vec::new() };
        while let Some(line) = command(stream)? {
            match talk.answer(&line) {
                Step::Say(words) => say(stream, words)?,
                Step::Encrypt => {
                    say(stream, "220 go on")?;
                    return Ok(End::Encrypt);
                }
                Step::TakeMessage => {
                    say(stream, "354 go on")?;
                    if !talk.keep(message(stream)?) {
                        break;
                    }
                    say(stream, "250 taken")?;
                }
                Step::Drip => drip(stream, talk.shared)?,
                Step::Leave => {
                    say(stream, "221 good bye")?;
                    break;
                }
            }
        }
        Ok(End::Over)
    }

    fn answer(&mut self, line: &str) -> Step {
        let verb = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
        let must_encrypt = self.shared.encryption == Encryption::StartTls && !self.encrypted;
        match verb.as_str() {
            "EHLO" if must_encrypt => Step::Say("250-catcher.test\r\n250 STARTTLS"),
            "EHLO" => Step::Say("250-catcher.test\r\n250-8BITMIME\r\n250 SMTPUTF8"),
            "HELO" => Step::Say("250 catcher.test"),
            "STARTTLS" if must_encrypt => Step::Encrypt,
            "MAIL" if must_encrypt => Step::Say("530 5.7.0 STARTTLS first"),
            "MAIL" => {
                self.to.clear();
                self.from = Some(address(line));
                Step::Say(FINE)
            }
            "RCPT" if self.from.is_none() => Step::Say("503 5.5.1 MAIL first"),
            "RCPT" if matches!(self.shared.mode(), Mode::Drip(whom) if whom == address(line)) => Step::Drip,
            "RCPT" => Step::Say(self.recipient(line)),
            "DATA" if self.to.is_empty() => Step::Say("503 5.5.1 RCPT first"),
            "DATA" => Step::TakeMessage,
            "RSET" => {
                (self.from, self.to) = (None, Vec::new());
                Step::Say(FINE)
            }
            "NOOP" => Step::Say(FINE),
            "QUIT" => Step::Leave,
            _ => Step::Say("502 5.5.1 not known here"),
        }
    }

    fn recipient(&mut self, line: &str) -> &'static str {
        match self.shared.mode() {
            Mode::RefuseRecipient => "550 5.1.1 no such mailbox",
            Mode::TryLater => "451 4.7.1 try again later",
            Mode::Accept | Mode::DropAfterData | Mode::NeverGreet | Mode::Drip(_) => {
                self.to.push(address(line));
                FINE
            }
        }
    }

    /// Keeps a message and says whether the sender is to be told.
    fn keep(&mut self, data: Vec<u8>) -> bool {
        let acknowledged = self.shared.mode() != Mode::DropAfterData;
        self.shared.keep(Caught {
            from: self.from.take().unwrap_or_default(),
            to: std::mem::take(&mut self.to),
            data,
            encrypted: self.encrypted,
            acknowledged,
        });
        acknowledged
    }
}

/// Sends one reply, its end of line added.
pub fn say<S: Read + Write>(stream: &mut BufReader<S>, words: &str) -> io::Result<()> {
    let stream = stream.get_mut();
    stream.write_all(format!("{words}\r\n").as_bytes())?;
    stream.flush()
}

/// Says letters of an answer until somebody hangs up or the server behaves again.
fn drip<S: Read + Write>(stream: &mut BufReader<S>, shared: &Shared) -> io::Result<()> {
    while matches!(shared.mode(), Mode::Drip(_)) {
        stream.get_mut().write_all(b"2")?;
        stream.get_mut().flush()?;
        shared.state().dripped += 1;
        std::thread::park_timeout(Duration::from_millis(200));
    }
    Ok(())
}

/// The next line of the client without its end, or nothing when it has hung up.
fn command<S: Read>(stream: &mut BufReader<S>) -> io::Result<Option<String>> {
    let mut line = Vec::new();
    stream.take(LONGEST_LINE).read_until(b'\n', &mut line)?;
    if !line.ends_with(b"\r\n") {
        return Ok(None);
    }
    Ok(Some(String::from_utf8_lossy(&line).trim_end().to_owned()))
}

/// The message up to the line with a lone dot, dot-stuffing undone (RFC 5321 section 4.5.2).
fn message<S: Read>(stream: &mut BufReader<S>) -> io::Result<Vec<u8>> {
    let mut data = Vec::new();
    loop {
        let mut line = Vec::new();
        if stream.read_until(b'\n', &mut line)? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        if line == b".\r\n" {
            return Ok(data);
        }
        data.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
    }
}

/// What stands between the angle brackets of MAIL and RCPT.
fn address(line: &str) -> String {
    let inside = line.split_once('<').and_then(|(_, rest)| rest.split_once('>'));
    inside.map(|(address, _)| address.to_owned()).unwrap_or_default()
}
