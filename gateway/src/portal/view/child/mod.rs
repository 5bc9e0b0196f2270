//! Child protection: pages.

pub(crate) mod care;
pub(crate) mod network;
