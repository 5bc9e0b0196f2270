//! Patrols: planned, walked, finished.

mod change;
mod list;
mod plan;
mod row;

pub(super) use self::{
    change::{Change, change},
    list::{get, list},
    plan::plan,
    row::{find, lock},
};
