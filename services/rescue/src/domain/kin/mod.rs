//! The relative search 寻亲: how alike a stranded person and a report are, and why.
//!
//! ```text
//! Report, Clues ── prepare ──> ReportFeatures, CluesFeatures
//!        ReportFeatures ── index ──> Index  (compact columns in memory; keys for PostgreSQL)
//!        CluesFeatures + Index ── scan ──> the best few hundred
//!        CluesFeatures + ReportFeatures + Model ── score ──> evidence by field ── calibrate ──> probability
//! ```
//!
//! No I/O: callers read rows. Weights and frequencies stand in `data/` with their provenance.

pub mod clues;
pub mod day;
pub mod index;
pub mod keys;
pub mod mark;
pub mod name;
pub mod person;
pub mod place;
pub mod prepare;
pub mod report;
pub mod score;
pub mod text;
mod tuned;

pub use tuned::tuned;
