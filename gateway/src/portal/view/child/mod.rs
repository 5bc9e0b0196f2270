//! Child protection: pages.

pub(crate) mod network;
