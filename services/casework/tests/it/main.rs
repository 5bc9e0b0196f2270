//! The life of a case on a real PostgreSQL, with a small item of the test's own.

mod access;
mod departments;
mod drafts;
mod life;
mod notices;
mod sample;
mod worklist;
mod world;
