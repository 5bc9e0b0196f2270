//! Visits 家访巡查 (rules B2.5): what is seen, what follows, when the next one is due.

pub mod fields;
pub mod law;
pub mod plan;

pub use fields::{Check, Outcome, Place, Visit};
