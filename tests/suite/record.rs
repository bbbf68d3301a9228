//! The public record: counts, folded entries, filters, heat, matrix; nothing unpublished anywhere.
