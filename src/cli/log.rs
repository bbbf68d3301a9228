//! The server's log: lines on standard error, each event one line, whatever stands in it (ASVS 16.4.1).

use std::io::{self, IsTerminal as _, Stderr, Write};

use norm_portal::config::{Config, LogFormat};
use tracing_subscriber::EnvFilter;

use super::Failure;

/// Begins to write events as the settings say.
pub fn begin(config: &Config) -> Result<(), Failure> {
    let filter = EnvFilter::try_new(&config.log.level)
        .map_err(|error| Failure::Failed(format!("log.level {:?}: {error}", config.log.level)))?;
    let is_coloured = io::stderr().is_terminal();
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_ansi(is_coloured);
    let lines = lines.with_writer(move || OneLine { into: io::stderr(), is_coloured });
    match config.log.format {
        LogFormat::Text => lines.init(),
        LogFormat::Json => lines.json().init(),
    }
    Ok(())
}

/// Writes each piece as one line: what could end it early or lead a terminal astray is written as a code. An event comes in
/// one piece.
struct OneLine<W = Stderr> {
    into: W,
    /// Whether the library writes colours, whose marks are its own: those that stand in values it writes as codes itself.
    is_coloured: bool,
}

impl<W: Write> Write for OneLine<W> {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(piece);
        let line = text.strip_suffix('\n').unwrap_or(&text);
        let mut safe = String::with_capacity(line.len() + 1);
        for sign in line.chars() {
            let is_colour = self.is_coloured && sign == '\u{1b}';
            let breaks = sign.is_control() || matches!(sign, '\u{2028}' | '\u{2029}');
            if breaks && !is_colour { safe.extend(sign.escape_default()) } else { safe.push(sign) }
        }
        safe.push('\n');
        self.into.write_all(safe.as_bytes())?;
        Ok(piece.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.into.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(piece: &str, is_coloured: bool) -> String {
        let mut lines = OneLine { into: Vec::new(), is_coloured };
        lines.write_all(piece.as_bytes()).unwrap();
        String::from_utf8(lines.into).unwrap()
    }

    #[test]
    fn nothing_ends_a_line_but_its_end() {
        assert_eq!(written("WARN all is well\n", false), "WARN all is well\n");
        let forged = "WARN error=a\r\nINFO forged\u{2028}line\u{85}\u{9b}31m\u{7}\u{1b}[2J\tend\n";
        let safe = written(forged, false);
        assert_eq!(safe.matches('\n').count(), 1, "{safe}");
        assert_eq!(safe, "WARN error=a\\r\\nINFO forged\\u{2028}line\\u{85}\\u{9b}31m\\u{7}\\u{1b}[2J\\tend\n");
        assert_eq!(written("\u{1b}[32mINFO\u{1b}[0m café\nx\n", true), "\u{1b}[32mINFO\u{1b}[0m café\\nx\n");
    }
}
