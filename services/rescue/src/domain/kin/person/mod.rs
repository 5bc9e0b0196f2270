//! What is known of the person besides name, home and marks.

pub mod birth;
pub mod condition;
pub mod face;
pub mod idnumber;
pub mod speech;
