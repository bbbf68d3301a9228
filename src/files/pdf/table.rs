//! Tables: their headings stand on every page again, a row that is longer than what is left of a page goes on in the next.

use std::io::{self, Write};

use pdf_writer::Name;
use pdf_writer::types::{StructRole, TableHeaderScope};

use super::draw;
use super::lines::{Laid, Look, Run};
use super::page::{BOTTOM, LEFT, TOP, WIDTH};
use super::tags::{Element, Tags};
use super::{Measures, Pdf};

const CELL: Measures = Measures { size: 9.0, leading: 12.0, before: 0.0, after: 0.0, below: 0.0 };
/// Room above and below the lines of a cell, and beside them.
const ABOVE: f32 = 3.5;
const BESIDE: f32 = 5.0;

/// A table that is being filled.
pub struct Table {
    element: Element,
    /// Where each column begins and how wide its text is.
    columns: Vec<(f32, f32)>,
    headings: Vec<Laid>,
}

/// Where columns of these relative widths begin, and how wide their texts are.
pub fn columns(widths: &[u16]) -> Vec<(f32, f32)> {
    let all: f32 = widths.iter().map(|width| f32::from(*width)).sum::<f32>().max(1.0);
    let mut x = LEFT;
    let column = |width: &u16| {
        let (at, wide) = (x, f32::from(*width) * WIDTH / all);
        x += wide;
        (at, (wide - BESIDE).max(CELL.size))
    };
    widths.iter().map(column).collect()
}

/// How many lines have room in `points`.
pub fn lines_in(points: f32) -> usize {
    let mut lines = 0_u16;
    while f32::from(lines + 1) * CELL.leading + 2.0 * ABOVE <= points && lines < 1_000 {
        lines += 1;
    }
    usize::from(lines)
}

fn high(lines: usize) -> f32 {
    f32::from(u16::try_from(lines).unwrap_or(u16::MAX)) * CELL.leading + 2.0 * ABOVE
}

fn longest(cells: &[Laid]) -> usize {
    cells.iter().map(|cell| cell.lines.len()).max().unwrap_or_default()
}

impl<W: Write> Pdf<W> {
    /// Begins a table: relative widths of its columns, and the headings; none where it has none.
    pub fn begin_table(&mut self, widths: &[u16], headings: &[Vec<Run<'_>>]) -> io::Result<()> {
        let columns = columns(widths);
        let headings = self.cells(&columns, headings, true);
        self.room(high(longest(&headings)) + high(3))?;
        let element = self.tags.begin(&mut self.objects, StructRole::Table, None);
        let mut table = Table { element, columns, headings };
        let y = self.y()?;
        draw::rule(&mut self.open()?.content, (LEFT, y), (LEFT + WIDTH, y), 0.8);
        if !table.headings.is_empty() {
            let headings = std::mem::take(&mut table.headings);
            self.draw_row(&mut table, &headings, StructRole::TH)?;
            table.headings = headings;
        }
        self.table = Some(table);
        Ok(())
    }

    /// Adds a row to the table.
    pub fn row(&mut self, cells: &[Vec<Run<'_>>]) -> io::Result<()> {
        let mut table = self.table.take().ok_or_else(|| io::Error::other("no table was begun"))?;
        let cells = self.cells(&table.columns, cells, false);
        self.draw_row(&mut table, &cells, StructRole::TD)?;
        self.table = Some(table);
        Ok(())
    }

    /// Ends the table.
    pub fn end_table(&mut self) -> io::Result<()> {
        if let Some(table) = self.table.take() {
            Tags::end(&mut self.objects, table.element)?;
        }
        self.skip(10.0);
        Ok(())
    }

    fn cells(&mut self, columns: &[(f32, f32)], cells: &[Vec<Run<'_>>], is_bold: bool) -> Vec<Laid> {
        let heavy = |run: &Run<'_>| Look { is_bold: is_bold || run.look.is_bold, ..run.look };
        let mut laid = Vec::new();
        for (runs, (_, width)) in cells.iter().zip(columns) {
            let runs: Vec<Run<'_>> = runs.iter().map(|run| Run { text: run.text, look: heavy(run) }).collect();
            laid.push(self.lay(&runs, *width, CELL.size));
        }
        laid
    }

    fn draw_row(&mut self, table: &mut Table, cells: &[Laid], role: StructRole) -> io::Result<()> {
        let lines = longest(cells);
        // A row stays together where that leaves less than a third of a page empty.
        if self.y()? - high(lines) < BOTTOM && high(lines) < (TOP - BOTTOM) / 3.0 {
            self.turn_in(table)?;
        }
        let mut row = self.tags.begin(&mut self.objects, StructRole::TR, Some(&mut table.element));
        // Where no headings stand above, the first cell of a row says what the others are.
        let names_row = role == StructRole::TD && table.headings.is_empty() && cells.len() > 1;
        let mut elements: Vec<Element> = Vec::with_capacity(cells.len());
        for place in 0..cells.len() {
            let is_name = names_row && place == 0;
            let role = if is_name { StructRole::TH } else { role };
            let element = self.tags.begin(&mut self.objects, role, Some(&mut row));
            elements.push(match role {
                StructRole::TH if is_name => element.heading(TableHeaderScope::Row),
                StructRole::TH => element.heading(TableHeaderScope::Column),
                _ => element,
            });
        }
        let mut from = 0;
        while from < lines {
            let room = lines_in(self.y()? - BOTTOM);
            if room == 0 {
                self.turn_in(table)?;
            }
            let upto = lines.min(from + lines_in(self.y()? - BOTTOM).max(1));
            for ((cell, element), column) in cells.iter().zip(&mut elements).zip(&table.columns) {
                if let Some(shown) = cell.lines.get(from..upto.min(cell.lines.len())).filter(|it| !it.is_empty()) {
                    self.mark(element)?;
                    self.draw_cell(&cell.text, shown, *column)?;
                    self.open()?.content.end_marked_content();
                }
            }
            self.below(high(upto - from), if role == StructRole::TH { 0.8 } else { 0.3 })?;
            from = upto;
        }
        for element in elements {
            Tags::end(&mut self.objects, element)?;
        }
        Tags::end(&mut self.objects, row)
    }

    /// Draws lines in a column and leaves the page where it was.
    fn draw_cell(&mut self, text: &str, lines: &[super::lines::Line], (x, width): (f32, f32)) -> io::Result<()> {
        let y = self.y()?;
        self.set_y(y - ABOVE);
        for line in lines {
            let wide = line.width * CELL.size / 1000.0;
            let at = if line.is_from_right { x + width - wide } else { x };
            self.draw(text, line, at, CELL)?;
        }
        self.set_y(y);
        Ok(())
    }

    /// Ends a row that is `points` high.
    fn below(&mut self, points: f32, thickness: f32) -> io::Result<()> {
        let y = self.y()? - points;
        self.set_y(y);
        draw::rule(&mut self.open()?.content, (LEFT, y), (LEFT + WIDTH, y), thickness);
        Ok(())
    }

    /// Goes on with the table on a new page, under its headings again.
    fn turn_in(&mut self, table: &mut Table) -> io::Result<()> {
        self.new_page()?;
        if table.headings.is_empty() {
            return Ok(());
        }
        self.open()?.content.begin_marked_content(Name(b"Artifact"));
        for (cell, column) in table.headings.iter().zip(&table.columns) {
            self.draw_cell(&cell.text, &cell.lines, *column)?;
        }
        self.open()?.content.end_marked_content();
        self.below(high(longest(&table.headings)), 0.8)
    }
}
