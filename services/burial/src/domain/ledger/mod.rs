//! Ashes and their places as two books, pure: every urn is somewhere (rules B5.3), and no place
//! is given twice or filled beyond what it holds (rules B5.2).
//!
//! | where | what |
//! |---|---|
//! | [`urn`] | where an urn may go from where |
//! | [`spot`] | the life of a niche or plot: held, reserved, occupied, given back |
//! | [`kind`] | kinds of places |
//! | [`size`] | how large they may be, by region and day |
//! | [`count`] | stock-taking: expected against scanned |
//!
//! The tables hold these very values: a place is read and locked, changed here, written back.

pub mod count;
pub mod kind;
pub mod size;
pub mod spot;
pub mod urn;

pub use self::{
    kind::SpotKind,
    spot::{Spot, SpotError, SpotState, Use, UseState},
    urn::{Disposition, UrnError, Whereabouts},
};
