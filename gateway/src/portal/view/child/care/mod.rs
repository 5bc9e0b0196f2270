//! Pages of the care of children.

pub(crate) mod day;
