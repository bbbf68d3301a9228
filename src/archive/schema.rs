//! The JSON Schema of an archive, made from its parts: what docs/formats/archive.schema.json says.

use serde_json::{Map, Value, json};

use super::parts::{Column, Held, PARTS, Part};
use crate::db::dialect::rows::Kind;

fn of_kind(column: &Column) -> Value {
    let kind = match column.kind {
        Kind::Id => json!({ "type": "string", "format": "uuid" }),
        Kind::Bytes => json!({ "type": "string", "pattern": "^([0-9a-f]{2})*$" }),
        Kind::Text => json!({ "type": "string" }),
        Kind::Int => json!({ "type": "integer" }),
        Kind::Bool => json!({ "type": "boolean" }),
        Kind::Time => json!({ "type": "string", "format": "date-time" }),
    };
    if column.is_nullable { json!({ "anyOf": [kind, { "type": "null" }] }) } else { kind }
}

fn of_part(part: &Part, is_public: bool) -> Value {
    let columns: Vec<&Column> = part.written(is_public, true).collect();
    let properties: Map<String, Value> = columns.iter().map(|it| (it.name.to_owned(), of_kind(it))).collect();
    // Addresses are there only if they were asked for.
    let always = columns.iter().filter(|column| !matches!(column.held(is_public), Held::Asked(_)));
    let required: Vec<&str> = always.map(|column| column.name).collect();
    json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
}

/// The schema: a row of each part, `commission/<part>` and `public/<part>`, and the list of parts.
pub fn schema() -> Value {
    let mut rows = Map::new();
    for (edition, is_public) in [("commission", false), ("public", true)] {
        for part in PARTS.iter().filter(|part| part.rows(is_public).is_some()) {
            rows.insert(format!("{edition}/{}", part.table), of_part(part, is_public));
        }
    }
    let listed = json!({
        "type": "object",
        "properties": {
            "file": { "type": "string" },
            "rows": { "type": "integer", "minimum": 0 },
            "bytes": { "type": "integer", "minimum": 0 },
            "sha256": { "type": "string", "pattern": "^[0-9a-f]{64}$" },
        },
        "required": ["file", "rows", "bytes", "sha256"],
        "additionalProperties": false,
    });
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Full archive of a consultation: archive.json, and in $defs a row of each part",
        "type": "object",
        "properties": {
            "format": { "const": super::write::FORMAT },
            "version": { "const": super::write::VERSION },
            "edition": { "enum": ["public", "commission"] },
            "with_addresses": { "type": "boolean" },
            "consultation": { "type": "string" },
            "parts": { "type": "array", "items": listed },
        },
        "required": ["format", "version", "edition", "with_addresses", "consultation", "parts"],
        "additionalProperties": false,
        "$defs": rows,
    })
}
