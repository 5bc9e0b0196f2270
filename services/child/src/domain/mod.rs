//! The rules of child protection, pure, and the items. One folder for each area.

pub mod adoption;
pub mod desk;
pub mod document;
pub mod entitlements;
pub mod family;
pub mod fields;
pub mod projects;
pub mod protection;
pub mod settled;
pub mod task;
pub mod two;
pub mod welfare;
