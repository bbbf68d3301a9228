//! One row: from what the database says to a line of JSON, and from a line to values for the database. Pure.

use std::fmt::Write as _;

use chrono::NaiveDateTime;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::parts::{Column, Fill, Held, Part};
use crate::db::dialect::rows::{Cell, Kind};

/// How a moment stands in an archive.
const MOMENT: &str = "%Y-%m-%dT%H:%M:%S%.6fZ";

/// What an archive holds of columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edition {
    /// The public one, not the Commission's.
    pub is_public: bool,
    /// Whether addresses were asked for.
    pub with_addresses: bool,
}

/// The line of a row that the database gave as a list of JSON. `None`: it is none; a fault of ours.
pub fn line(part: &Part, edition: Edition, list: &str) -> Option<String> {
    let values: Vec<Value> = serde_json::from_str(list).ok()?;
    let columns: Vec<&Column> = part.written(edition.is_public, edition.with_addresses).collect();
    if values.len() != columns.len() {
        return None;
    }
    let mut made = String::from("{");
    for (column, value) in columns.into_iter().zip(values) {
        if made.len() > 1 {
            made.push(',');
        }
        let value = shown(column.kind, value)?;
        let name = Value::from(column.name);
        let _ = write!(made, "{name}:{value}");
    }
    made.push('}');
    Some(made)
}

/// A value of the database as it stands in an archive.
fn shown(kind: Kind, value: Value) -> Option<Value> {
    Some(match (kind, value) {
        (_, Value::Null) => Value::Null,
        (Kind::Id, Value::String(hex)) => Uuid::try_parse(&hex).ok()?.hyphenated().to_string().into(),
        (Kind::Bool, value) => (value.as_i64()? != 0).into(),
        (Kind::Time, Value::String(at)) => {
            NaiveDateTime::parse_from_str(&at, "%Y-%m-%d %H:%M:%S%.f").ok()?.format(MOMENT).to_string().into()
        }
        (Kind::Text | Kind::Bytes, value @ Value::String(_)) | (Kind::Int, value @ Value::Number(_)) => value,
        _ => return None,
    })
}

/// The values of a row for all columns of its table, from its line. `None`: the line is no row of this part.
pub fn cells(part: &Part, edition: Edition, line: &str) -> Option<Vec<Cell>> {
    let mut object: Map<String, Value> = serde_json::from_str(line).ok()?;
    let mut cells: Vec<Option<Cell>> = Vec::new();
    for column in part.columns {
        let fill = match column.held(edition.is_public) {
            Held::Plain | Held::As(_) => None,
            Held::Asked(fill) => Some(fill).filter(|_| !edition.with_addresses),
            Held::Not(fill) => Some(fill),
        };
        cells.push(match fill {
            None => Some(value(column, object.remove(column.name)?)?),
            Some(fill) => filled(column.kind, fill),
        });
    }
    if !object.is_empty() {
        return None;
    }
    let known = cells.clone();
    let of = |name: &str| {
        let at = part.columns.iter().position(|column| column.name == name)?;
        known.get(at).cloned().flatten()
    };
    let whole = |(column, cell): (&Column, Option<Cell>)| match (cell, column.held(edition.is_public)) {
        (Some(cell), _) => Some(cell),
        (None, Held::Not(Fill::Same(name)) | Held::Asked(Fill::Same(name))) => of(name),
        (None, _) => Some(Cell::Text(no_address(&of("id")?)?)),
    };
    part.columns.iter().zip(cells).map(whole).collect()
}

/// The address of somebody whose address is not in the archive: nobody can sign in with it, and nothing is sent to it.
pub fn no_address(id: &Cell) -> Option<String> {
    let Cell::Bytes(bytes) = id else { return None };
    Some(format!("archived:{}", Uuid::from_slice(bytes).ok()?))
}

/// The id of an account that stands for the desk.
pub fn desk(which: u8) -> Vec<u8> {
    let mut id = vec![0; 16];
    if let Some(last) = id.last_mut() {
        *last = which;
    }
    id
}

/// What stands in place of a value; `None`: it depends on the rest of the row.
fn filled(kind: Kind, fill: Fill) -> Option<Cell> {
    Some(match fill {
        Fill::Null => Cell::Null(kind),
        Fill::Int(number) => Cell::Int(number),
        Fill::Text(text) => Cell::Text(text.to_owned()),
        Fill::Bool(is) => Cell::Bool(is),
        Fill::Desk(which) => Cell::Bytes(desk(which)),
        Fill::Same(_) | Fill::NoAddress => return None,
    })
}

fn value(column: &Column, value: Value) -> Option<Cell> {
    Some(match (column.kind, value) {
        (kind, Value::Null) if column.is_nullable => Cell::Null(kind),
        (Kind::Id, Value::String(id)) => Cell::Bytes(Uuid::try_parse(&id).ok()?.as_bytes().to_vec()),
        (Kind::Bytes, Value::String(text)) => Cell::Bytes(hex::decode(text).ok()?),
        (Kind::Text, Value::String(text)) if !text.contains('\0') => Cell::Text(text),
        (Kind::Int, value) => Cell::Int(value.as_i64()?),
        (Kind::Bool, Value::Bool(is)) => Cell::Bool(is),
        (Kind::Time, Value::String(at)) => Cell::Time(NaiveDateTime::parse_from_str(&at, MOMENT).ok()?),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::parts::PARTS;

    fn part(table: &str) -> &'static Part {
        PARTS.iter().find(|part| part.table == table).unwrap()
    }

    #[test]
    fn a_row_comes_back_from_its_line() {
        let edition = Edition { is_public: false, with_addresses: false };
        let list = r#"["018f000000007000800000000000000a","a\u0001\"b","t","x","g",null,"2018-12-01 10:00:00",null,3,"2018-12-01 10:00:00.000001"]"#;
        let organisation = part("organisations");
        assert_eq!(line(organisation, edition, list), None, "founded_by is no moment");
        let list = list.replace(r#""2018-12-01 10:00:00",null,3"#, r#""018f000000007000800000000000000b",null,3"#);
        let line = line(organisation, edition, &list).unwrap();
        assert!(line.starts_with(r#"{"id":"018f0000-0000-7000-8000-00000000000a","name":"a\u0001\"b","#), "{line}");
        assert!(line.ends_with(r#""created_at":"2018-12-01T10:00:00.000001Z"}"#), "{line}");
        let cells = cells(organisation, edition, &line).unwrap();
        assert_eq!(cells.len(), organisation.columns.len());
        assert_eq!((&cells[1], &cells[3]), (&Cell::Text("a\u{1}\"b".into()), &Cell::Text("x".into())));
        assert_eq!(super::cells(organisation, edition, &line.replace("\"name\"", "\"nom\"")), None);
        assert_eq!(super::cells(organisation, edition, &line.replace('{', "{\"password\":1,")), None);
    }

    #[test]
    fn what_an_edition_does_not_hold_is_filled_in() {
        let public = Edition { is_public: true, with_addresses: false };
        let attachment = part("attachments");
        let made = r#"{"id":"018f0000-0000-7000-8000-00000000000a","holder":"018f0000-0000-7000-8000-00000000000b","name":"a.pdf","media_type":"pdf","size":3,"sha256":"00","created_at":"2018-12-01T10:00:00.000000Z"}"#;
        let cells = cells(attachment, public, made).unwrap();
        assert_eq!(cells[2], cells[1], "the account of a comment is its own");
        assert_eq!(no_address(&cells[0]).unwrap(), "archived:018f0000-0000-7000-8000-00000000000a");
        assert_eq!(desk(2)[15], 2);
    }
}
