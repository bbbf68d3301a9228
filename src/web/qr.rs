//! An address as a QR code: the path of an SVG, one square for each dark module. Pure.

use qrcode::{Color, EcLevel, QrCode};

/// Light modules around the code, as ISO/IEC 18004 asks for.
const QUIET: usize = 4;

/// A QR code ready to be drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Qr {
    /// How many modules it is wide, with the light ones around it.
    pub size: usize,
    /// The dark modules as the `d` of a path.
    pub path: String,
}

/// The code of `text`, which can still be read with 15 % of it spoilt. `None` for a text that fits no code.
pub fn qr(text: &str) -> Option<Qr> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let width = code.width();
    let mut runs = Vec::new();
    for (y, row) in code.to_colors().chunks(width).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|one, next| one == next) {
            if run.first() == Some(&Color::Dark) {
                let length = run.len();
                runs.push(format!("M{} {}h{length}v1h-{length}z", x + QUIET, y + QUIET));
            }
            x += run.len();
        }
    }
    Some(Qr { size: width + 2 * QUIET, path: runs.concat() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_fits_and_a_book_does_not() {
        let made = qr("https://portal.example.org/norms/avoid-tampering").unwrap();
        // Version 4: 33 modules; the finder pattern begins with a run of seven.
        assert_eq!(made.size, 33 + 2 * QUIET);
        assert!(made.path.starts_with("M4 4h7v1h-7z"), "{}", made.path);
        assert_eq!(qr(&"x".repeat(5_000)), None);
    }
}
