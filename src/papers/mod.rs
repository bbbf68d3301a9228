//! Position papers: a long text, pasted or in a document, becomes several comments of one submission.
//! Knows comments, norms and accounts.
