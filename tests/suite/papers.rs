//! Position papers, from the document to one submission of many comments.
