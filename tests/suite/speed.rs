//! The cache of pages, conditional requests, budgets in bytes.
