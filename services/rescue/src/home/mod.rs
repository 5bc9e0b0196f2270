//! Visits after the return, and the register of people easily lost (rules R12, R13).
//!
//! | where | what |
//! |---|---|
//! | `easily_lost` | the item over `rescue.easily_lost`; who is lost becomes a report of the relative search |
//! | `homecoming` | the item 回归稳固 over `rescue.homecoming` |
//! | [`came_home`] | opens it when a stay has led home |
//! | [`reactions`] | whoever died is no longer looked after |
//! | `register`, `api` | the gRPC service `EasilyLost`: the register as a list |
//!
//! Locks are taken in one order: stay, homecoming, entry of the register, report.

mod api;
mod came_home;
mod easily_lost;
mod homecoming;
pub mod reactions;
mod register;

pub use api::RegisterService;
pub use came_home::came_home;
