//! Draws set lines on a page: glyphs at their places, lines below and through words.

use std::io::Write;

use pdf_writer::types::TextRenderingMode;
use pdf_writer::{Content, Finish, Name, Str, TextStr};

use super::embed::{Shown, width};
use super::fonts;
use super::lines::{Glyph, Line, Look, Piece};
use super::out::Objects;

/// The colour of text: dark, but not black.
const INK: [f32; 3] = [0.086, 0.125, 0.18];
/// Of what is less important.
const MUTED: [f32; 3] = [0.31, 0.35, 0.40];
/// Of rules and frames.
pub const ACCENT: [f32; 3] = [0.06, 0.30, 0.36];

/// A page's content with what its glyphs are taken from.
pub struct Pen<'p, W: Write> {
    /// The content.
    pub content: &'p mut Content,
    /// The fonts shown so far.
    pub shown: &'p mut Shown,
    /// Where fonts get their numbers.
    pub objects: &'p mut Objects<W>,
}

/// Sets the colour for filling and for lines.
pub fn colour(content: &mut Content, [r, g, b]: [f32; 3]) {
    content.set_fill_rgb(r, g, b).set_stroke_rgb(r, g, b);
}

/// A straight line that means nothing.
pub fn rule(content: &mut Content, from: (f32, f32), to: (f32, f32), thickness: f32) {
    content.begin_marked_content(Name(b"Artifact"));
    colour(content, ACCENT);
    content.set_line_width(thickness).move_to(from.0, from.1).line_to(to.0, to.1).stroke();
    content.end_marked_content();
}

/// A frame that means nothing: its lower left corner, width and height.
pub fn frame(content: &mut Content, (x, y): (f32, f32), (width, height): (f32, f32), thickness: f32) {
    content.begin_marked_content(Name(b"Artifact"));
    colour(content, ACCENT);
    content.set_line_width(thickness).rect(x, y, width, height).stroke();
    content.end_marked_content();
}

impl<W: Write> Pen<'_, W> {
    /// Draws a line of `text` that begins at `x`, with its letters standing on `y`.
    pub fn line(&mut self, text: &str, line: &Line, (x, y): (f32, f32), size: f32) {
        let mut x = x;
        for piece in &line.pieces {
            let wide = piece.width * size / 1000.0;
            self.piece(text, piece, (x, y), size);
            self.marks(piece.look, (x, y), wide, size);
            x += wide;
        }
    }

    /// Lines below and through a piece.
    fn marks(&mut self, look: Look, (x, y): (f32, f32), wide: f32, size: f32) {
        let heights = [(look.is_underlined, -0.14), (look.is_struck, 0.22)];
        for (_, height) in heights.into_iter().filter(|(is_there, _)| *is_there) {
            let at = y + height * size;
            self.content.set_line_width(size * 0.06).move_to(x, at).line_to(x + wide, at).stroke();
        }
    }

    fn piece(&mut self, text: &str, piece: &Piece, (x, y): (f32, f32), size: f32) {
        let name = self.shown.name(self.objects, piece.face);
        colour(self.content, if piece.look.is_muted { MUTED } else { INK });
        self.content.begin_text();
        self.content.set_font(Name(name.as_bytes()), size).set_text_matrix([1.0, 0.0, 0.0, 1.0, x, y]);
        // The machine's fonts are taken in one weight: a thin line around the letters makes them heavier.
        let is_made_heavy = piece.look.is_bold && !fonts::is_bold(piece.face);
        if is_made_heavy {
            self.content.set_text_rendering_mode(TextRenderingMode::FillStroke).set_line_width(size * 0.03);
        }
        self.glyphs(text, piece, size);
        if is_made_heavy {
            self.content.set_text_rendering_mode(TextRenderingMode::Fill);
        }
        self.content.end_text();
    }

    fn glyphs(&mut self, text: &str, piece: &Piece, size: f32) {
        let Some(loaded) = fonts::face(piece.face) else { return };
        let mut waiting = Waiting::default();
        for cluster in &piece.clusters {
            let said = text.get(cluster.text.clone()).unwrap_or_default();
            let signs: Vec<_> = (cluster.glyphs.iter().enumerate())
                .map(|(place, glyph)| {
                    (glyph, self.shown.sign(piece.face, glyph.id, if place == 0 { said } else { "" }))
                })
                .collect();
            let is_plain = signs.len() == 1 && signs.iter().all(|(_, sign)| sign.is_plain);
            if !is_plain {
                waiting.show(self.content);
                let mut marked = self.content.begin_marked_content_with_properties(Name(b"Span"));
                marked.properties().actual_text(TextStr(said));
                marked.finish();
            }
            for (glyph, sign) in signs {
                waiting.add(self.content, glyph, sign.number, width(loaded, glyph.id), size);
            }
            if !is_plain {
                waiting.show(self.content);
                self.content.end_marked_content();
            }
        }
        waiting.show(self.content);
    }
}

/// Glyphs that are shown together, with how far each is moved.
#[derive(Default)]
struct Waiting {
    items: Vec<(Vec<u8>, f32)>,
    /// How far what follows has to be moved back, in thousandths.
    owed: f32,
}

impl Waiting {
    fn add(&mut self, content: &mut Content, glyph: &Glyph, number: u16, width: f32, size: f32) {
        let (right, up) = glyph.moved;
        if up.abs() > 0.5 {
            self.show(content);
            content.set_rise(up * size / 1000.0);
        }
        self.owed -= right;
        if self.owed.abs() > 0.5 || self.items.is_empty() {
            self.items.push((Vec::new(), self.owed));
            self.owed = 0.0;
        }
        if let Some((bytes, _)) = self.items.last_mut() {
            bytes.extend(number.to_be_bytes());
        }
        self.owed += width - glyph.advance + right;
        if up.abs() > 0.5 {
            self.show(content);
            content.set_rise(0.0);
        }
    }

    fn show(&mut self, content: &mut Content) {
        if self.items.is_empty() {
            return;
        }
        let mut show = content.show_positioned();
        let mut items = show.items();
        for (bytes, moved) in self.items.drain(..) {
            if moved.abs() > 0.01 {
                items.adjust(moved);
            }
            items.show(Str(&bytes));
        }
        items.finish();
        show.finish();
    }
}
