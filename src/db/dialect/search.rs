//! The index of words: FTS5 on SQLite, a `tsvector` on PostgreSQL. Both hold the tokens they are given as they are, under
//! a number; what a token is, the caller decides. A token holds letters, digits, `_` and `-` only.

use diesel::RunQueryDsl as _;
use diesel::sql_types::{BigInt, Text};
use diesel::{QueryableByName, sql_query};

use crate::db::connect::AnyConnection;
use crate::db::error::DbResult;

/// The last place in a text that PostgreSQL can tell from others; what stands behind it is found, but not in phrases.
const LAST_PLACE: usize = 16_383;

/// How much of the index a search looks through at once. Neither database stops a search by itself at the lowest number
/// that is asked for, so every entry holds the words of its parts, which only so many others hold, and the search for
/// common words that never stand together ends with them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// For words that cost much.
    Small,
    /// For words that cost little: twenty small ones.
    Large,
}

impl Part {
    /// How many numbers stand in it.
    pub const fn size(self) -> i64 {
        match self {
            Self::Small => 5_000,
            Self::Large => 100_000,
        }
    }

    /// Its lowest number, where `below - 1` is in it.
    pub fn begin(self, below: i64) -> i64 {
        (below - 1).div_euclid(self.size()) * self.size()
    }

    /// The word that everything holds that stands in the same part as `seq`.
    fn word(self, seq: i64) -> String {
        let name = match self {
            Self::Small => "_near",
            Self::Large => "_far",
        };
        format!("{name}-{}", seq.div_euclid(self.size()))
    }
}

/// What is looked for: phrases, all of which must be there; a phrase is tokens that stand one behind the other.
pub type Phrases = Vec<Vec<String>>;

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    seq: i64,
}

/// Puts `tokens` into the index under `seq`.
pub fn put(conn: &mut AnyConnection, seq: i64, tokens: &[String]) -> DbResult<()> {
    let tokens: Vec<String> = tokens.iter().cloned().chain([Part::Small.word(seq), Part::Large.word(seq)]).collect();
    match conn {
        AnyConnection::Sqlite(conn) => sql_query("INSERT INTO search (rowid, words) VALUES ($1, $2)")
            .bind::<BigInt, _>(seq)
            .bind::<Text, _>(tokens.join(" "))
            .execute(conn)?,
        AnyConnection::Postgresql(conn) => sql_query("INSERT INTO search (seq, words) VALUES ($1, $2::tsvector)")
            .bind::<BigInt, _>(seq)
            .bind::<Text, _>(places(&tokens))
            .execute(conn)?,
    };
    Ok(())
}

/// Takes what stands under `seq` out of the index.
pub fn take_out(conn: &mut AnyConnection, seq: i64) -> DbResult<()> {
    match conn {
        AnyConnection::Sqlite(conn) => {
            sql_query("DELETE FROM search WHERE rowid = $1").bind::<BigInt, _>(seq).execute(conn)?
        }
        AnyConnection::Postgresql(conn) => {
            sql_query("DELETE FROM search WHERE seq = $1").bind::<BigInt, _>(seq).execute(conn)?
        }
    };
    Ok(())
}

/// Empties the index.
pub fn clear(conn: &mut AnyConnection) -> DbResult<()> {
    match conn {
        AnyConnection::Sqlite(conn) => sql_query("DELETE FROM search").execute(conn)?,
        AnyConnection::Postgresql(conn) => sql_query("DELETE FROM search").execute(conn)?,
    };
    Ok(())
}

/// The numbers below `below`, in the `part` of the index that holds the highest of them, under which all `phrases` stand,
/// highest first, at most `most`. No phrase: nothing.
pub fn find(conn: &mut AnyConnection, phrases: &Phrases, below: i64, part: Part, most: i64) -> DbResult<Vec<i64>> {
    if phrases.iter().all(Vec::is_empty) {
        return Ok(Vec::new());
    }
    let phrases: Phrases = phrases.iter().cloned().chain([vec![part.word(below - 1)]]).collect();
    let begin = part.begin(below);
    let rows: Vec<Number> = match conn {
        AnyConnection::Sqlite(conn) => sql_query(
            "SELECT rowid AS seq FROM search WHERE search MATCH $1 AND rowid >= $2 AND rowid < $3 \
             ORDER BY rowid DESC LIMIT $4",
        )
        .bind::<Text, _>(joined(&phrases, '"', " ", " AND "))
        .bind::<BigInt, _>(begin)
        .bind::<BigInt, _>(below)
        .bind::<BigInt, _>(most)
        .load(conn)?,
        AnyConnection::Postgresql(conn) => sql_query(
            "SELECT seq FROM search WHERE words @@ $1::tsquery AND seq >= $2 AND seq < $3 ORDER BY seq DESC LIMIT $4",
        )
        .bind::<Text, _>(joined(&phrases, ' ', " <-> ", " & "))
        .bind::<BigInt, _>(begin)
        .bind::<BigInt, _>(below)
        .bind::<BigInt, _>(most)
        .load(conn)?,
    };
    Ok(rows.into_iter().map(|row| row.seq).collect())
}

/// The tokens with their places, as PostgreSQL writes a `tsvector`.
fn places(tokens: &[String]) -> String {
    let place = |(at, token): (usize, &String)| format!("'{token}':{}", (at + 1).min(LAST_PLACE));
    tokens.iter().enumerate().map(place).collect::<Vec<_>>().join(" ")
}

/// The phrases as a query: each between two `mark`s, its tokens by `behind`, the phrases by `and`.
fn joined(phrases: &Phrases, mark: char, behind: &str, and: &str) -> String {
    let quoted = |phrase: &Vec<String>| {
        let tokens: Vec<String> = match mark {
            '"' => phrase.clone(),
            _ => phrase.iter().map(|token| format!("'{token}'")).collect(),
        };
        format!("{mark}{}{mark}", tokens.join(behind))
    };
    phrases.iter().filter(|phrase| !phrase.is_empty()).map(quoted).collect::<Vec<_>>().join(and)
}
