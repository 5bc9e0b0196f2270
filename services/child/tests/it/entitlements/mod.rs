//! Orphans and children in fact unattended 孤儿、事实无人抚养儿童 (rules B2.1 to B2.3, B3).

mod changes;
pub(crate) mod departments;
pub(crate) mod desk;
mod elsewhere;
mod paying;
mod random;
mod story;
