//! Comment tables: the form of standards bodies and our own sheet, handed out prefilled and read back row by row.
//! Knows comments, norms and accounts.
