//! Child protection: pages.

pub(crate) mod access;
pub(crate) mod adoption;
pub(crate) mod care;
pub(crate) mod network;
pub(crate) mod protection;
pub(crate) mod tasks;
