//! The law of a stay, as functions of what is known: each has its table in `tests/law`.

pub mod eligible;
pub mod leaving;
pub mod person;
pub mod screening;
pub mod side;
