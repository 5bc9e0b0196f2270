//! Orphans and children in fact unattended 孤儿、事实无人抚养儿童 (rules B2.1 to B2.3, B3): pure.
//!
//! | where | what |
//! |---|---|
//! | [`law`] | ground, amounts, payee, months, ages |
//! | [`procedure`] | form, states, acts and decisions that both items share |
//! | [`orphan`], [`unattended`] | the items GE and WF: their names and guides |

pub mod law;
pub mod orphan;
pub mod procedure;
pub mod unattended;

pub use self::{orphan::Orphan, unattended::Unattended};
