//! Who is married to whom, nationwide (rules A2.1, A2.2, A5).
//!
//! ```text
//! item ─► world(): lock persons in key order, read what is known, take a number
//!      ─► decide (pure) ─► apply(): record, spouses, certificate, archive, events
//! ```
//! Locks are always taken in one order, so that no two halls wait for each other:
//! cases by number, persons by key, certificate serial, records, events by key. The last word on
//! one valid marriage per person has the index `one_valid_marriage`.

mod ask;
mod certificate;
pub mod change;
pub mod conflict;
mod correcting;
pub mod death;
pub mod declined;
pub mod dishonesty;
pub(crate) mod ending;
mod entries;
mod events;
pub mod figures;
pub mod inquiry;
mod items;
mod marrying;
pub mod number;
pub mod own;
pub mod person;
pub mod read;
mod reading_items;
pub mod record;
mod shown;

pub use ask::{Ask, Needs, world};
pub use change::{Subject, apply};
