//! The score: evidence field by field in nats, weighed and turned into a probability.
//!
//! Each field gives the logarithm of P(what was said | the same person) / P(what was said | anybody else), after
//! Fellegi and Sunter; what is rare counts more. A missing field gives nothing.

pub mod age;
pub mod alone;
pub mod calibrate;
pub mod compare;
pub mod field;
pub mod fit;
pub mod frequency;
pub mod kinship;
pub mod loss;
pub mod marks;
pub mod model;
pub mod name;
pub mod number;
pub mod place;
pub mod rank;
pub mod reason;
pub mod traits;
pub mod twins;
pub mod wording;

pub use alone::Alone;
pub use compare::{Evidence, compare};
pub use field::Field;
pub use frequency::Frequencies;
pub use model::Model;
pub use reason::Reason;

#[cfg(test)]
mod tests;
