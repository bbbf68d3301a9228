//! Numbers of a sheet that are shown as dates: which styles do so, and what such a number shows.

use chrono::{Days, NaiveDate};

use super::ReadError;
use super::parts::{MOST_PART, Mark, Package};

/// Which styles of a workbook show dates.
#[derive(Default)]
pub(super) struct Dates(Vec<bool>);

/// The most styles that a workbook has (Excel: 65,490).
const MOST_STYLES: usize = 66_000;

impl Dates {
    /// Reads the styles of a workbook (ECMA-376-1, 18.8: `numFmts`, then `cellXfs`).
    pub fn of(package: &mut Package) -> Result<Self, ReadError> {
        let Some(mut xml) = package.part("xl/styles.xml", MOST_PART)? else { return Ok(Self::default()) };
        let (mut own, mut styles, mut in_cells) = (Vec::new(), Vec::new(), false);
        loop {
            match xml.next()? {
                Mark::Open(tag) => match tag.name.as_str() {
                    "numFmt" if own.len() < MOST_STYLES && tag.get("formatCode").is_some_and(is_date) => {
                        own.extend(tag.get("numFmtId").and_then(|id| id.parse::<u32>().ok()));
                    }
                    "cellXfs" => in_cells = true,
                    "xf" if in_cells && styles.len() < MOST_STYLES => {
                        let id = tag.get("numFmtId").and_then(|id| id.parse::<u32>().ok()).unwrap_or(0);
                        styles.push(matches!(id, 14..=17 | 22) || own.contains(&id));
                    }
                    _ => {}
                },
                Mark::Close(name) if name == "cellXfs" => return Ok(Self(styles)),
                Mark::End => return Ok(Self(styles)),
                _ => {}
            }
        }
    }

    /// What a number shows in this style.
    pub fn shown(&self, number: &str, style: Option<&str>) -> String {
        let is_date = style.and_then(|style| style.parse::<usize>().ok()).and_then(|style| self.0.get(style));
        let Ok(value) = number.trim().parse::<f64>() else { return number.to_owned() };
        if is_date == Some(&true) { date(value).unwrap_or_else(|| number.to_owned()) } else { value.to_string() }
    }
}

/// Whether a format has the year and the day, or the month, outside of what it quotes.
fn is_date(code: &str) -> bool {
    let mut quoted = false;
    let mut bare = String::new();
    for c in code.chars() {
        match c {
            '"' => quoted = !quoted,
            '[' => quoted = true,
            ']' => quoted = false,
            _ if !quoted => bare.extend(c.to_lowercase()),
            _ => {}
        }
    }
    bare.contains('y') || (bare.contains('d') && bare.contains('m'))
}

/// Days since 30 December 1899.
fn date(value: f64) -> Option<String> {
    if !(0.0..3_000_000.0).contains(&value) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within the range above")]
    let days = value.floor() as u64;
    let date = NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(Days::new(days))?;
    Some(date.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_shows_as_its_style_says() {
        let dates = Dates(vec![false, true]);
        assert_eq!(dates.shown("43482", Some("1")), "2019-01-17");
        assert_eq!(dates.shown("43482", Some("0")), "43482");
        assert_eq!(dates.shown("3.0000000000000001E0", None), "3");
        assert_eq!(dates.shown("0.10000000000000001", None), "0.1");
        assert!(is_date("dd/mm/yyyy") && is_date("[$-409]d mmm") && !is_date("0.00\" days\"") && !is_date("General"));
    }
}
