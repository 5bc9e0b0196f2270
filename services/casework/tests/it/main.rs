//! The life of a case on a real PostgreSQL, with a small item of the test's own.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail like tests")]

mod access;
mod certificates;
mod closed;
mod departments;
mod drafts;
mod files;
mod life;
mod notices;
mod sample;
mod worklist;
mod world;
