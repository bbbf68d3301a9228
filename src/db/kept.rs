//! Statements that run often: prepared once a connection, and their text written once.

use std::marker::PhantomData;

use diesel::backend::Backend;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::{QueryResult, RunQueryDsl};

/// A statement that [`kept!`] wraps; `Place` is the place in the source that makes it.
pub struct Kept<Q, Place> {
    statement: Q,
    place: PhantomData<Place>,
}

impl<Q, Place> Kept<Q, Place> {
    /// For [`kept!`].
    pub fn at(_: Place, statement: Q) -> Self {
        Self { statement, place: PhantomData }
    }
}

impl<Q, Place: 'static> QueryId for Kept<Q, Place> {
    type QueryId = Place;

    const HAS_STATIC_QUERY_ID: bool = true;
}

impl<DB: Backend, Q: QueryFragment<DB>, Place> QueryFragment<DB> for Kept<Q, Place> {
    fn walk_ast<'b>(&'b self, pass: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        self.statement.walk_ast(pass)
    }

    fn is_safe_to_cache_prepared(&self, _: &DB) -> QueryResult<bool> {
        Ok(true)
    }
}

impl<Q: Query, Place> Query for Kept<Q, Place> {
    type SqlType = Q::SqlType;
}

impl<Conn, Q, Place> RunQueryDsl<Conn> for Kept<Q, Place> {}

/// Makes a connection prepare an UPDATE once. Diesel prepares each anew, since a changeset has a text for each choice of
/// columns: so never for one that is made of a changeset, nor for a list of values of any length. It has to return
/// something: what is only executed Diesel borrows, and asks the statement behind it.
macro_rules! kept {
    ($statement:expr) => {{
        struct Here;
        crate::db::kept::Kept::at(Here, $statement)
    }};
}
pub(crate) use kept;

/// Runs a query on the connection inside the enum, whichever it is. On the enum itself Diesel writes the text of a
/// statement two or three times each time it runs, though it is prepared long since.
macro_rules! straight {
    ($conn:ident, $run:expr) => {
        match $conn {
            crate::db::AnyConnection::Postgresql($conn) => $run,
            crate::db::AnyConnection::Sqlite($conn) => $run,
        }
    };
}
pub(crate) use straight;
