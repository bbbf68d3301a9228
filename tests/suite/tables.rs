//! Comment tables: out prefilled, in row by row.
