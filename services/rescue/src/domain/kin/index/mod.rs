//! Candidates in memory: compact columns that are scanned whole, a face matrix, and postings of rare words.
//!
//! One report takes about 40 bytes, its face 128 more. A scan adds up small tables made for the query, so that every
//! report gets a rough score; the best few hundred are compared in full. [`Row`] is what a table keeps per report, so
//! that a start reads rows instead of texts.

pub mod columns;
pub mod names;
pub mod postings;
pub mod row;
pub mod scan;
pub mod select;
pub mod tables;
pub mod tokens;

pub use columns::Index;
pub use row::Row;
