//! Journeys home, foster placement, settlement (rules R07 to R11).
//!
//! | where | what |
//! |---|---|
//! | `guest` | the stay as these cases see it; their acts on it |
//! | `journeys`, `placements`, `settlements` | the items 接送返回, 站外托养, 落户安置 over their tables |
//! | `institutions` | foster institutions with licences, agreement, check |
//! | `list` | what is open, with its clocks |
//! | `figures` | the return rate |
//! | [`reactions`] | benefits that other services have granted |
//! | `api` | the gRPC service `Leaving` |
//!
//! Locks are taken in one order: comparison, settlement, placement or journey, then the stay.

mod api;
pub(crate) mod demo;
mod figures;
mod guest;
mod institutions;
mod journeys;
mod list;
mod placements;
pub mod reactions;
mod settlements;

pub use api::LeavingService;
pub(crate) use settlements::of_stay as settlement_of;
