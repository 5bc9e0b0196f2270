//! What marriage does when somebody else's event arrives, and says before.

mod deaths;
mod ripples;

pub use self::{deaths::Deaths, ripples::Beforehand};
