//! Names as written in reports and as told by stranded persons.

pub mod said;
pub mod written;

pub use said::SaidName;
pub use written::Name;
