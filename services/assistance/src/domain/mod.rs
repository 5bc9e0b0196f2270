//! The items of social assistance, pure: no I/O, no clock of their own.

pub mod minimum_living;

pub use minimum_living::MinimumLiving;
