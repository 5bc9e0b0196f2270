//! The clocks of the search 寻亲 (rules R06, C5.4), pure: which step is due when, over holidays;
//! in which order; what may be published.
//!
//! ```text
//! entry ─► biometrics, face (that day)      suspected lost, abandoned, trafficked ─► police
//!       ├► publish (24 h) ─► refresh ─► refresh …                          (at once)
//!       ├► DNA request (7 working days) ─► sampled (a month)
//!       ├► stranded (over 10 days) ─► care form (the next day)
//!       ├► passed up (a month) ─► passed up … level by level
//!       └► settlement (over 3 months, nothing missing) ─► repeated every year
//! ```
//! What became late stays late and still has to be done. Spans of fact (24 hours, 10 days, 3
//! months at the station) end on the day they end; terms of a duty that end on a day off end on
//! the next working day (民法典203).
//!
//! How the item of a stay uses it: the [`Search`] stands in its facts.
//!
//! ```text
//! let law = Law::load(cx)?;
//! let before = facts.search.clone();
//! facts.search = Search::begin(Begin { .. }, &law);            // admitted, unknown
//! let late = facts.search.done(Kind::Publish, Done { at: cx.now, .. }, &law)?;
//! decision.clocks.extend(clock_ops(&before, &facts.search));
//! decision.events.extend(events::done(about, Kind::Publish, late, cx.now));
//! // on_clock(name): overdue(name) ─► an act of the system ─► events::overdue(..)
//! // apply: search::steps::save(conn, number, &facts.search), search::publish::publish(..)
//! ```

mod clocks;
mod course;
mod dna;
pub mod events;
mod law;
mod public;
mod step;

pub use clocks::{clock_ops, overdue};
pub use course::{Begin, Search};
pub use dna::{DnaAnswer, ERRAND, Relative, Sample};
pub use law::Law;
pub use public::{Basics, Cause, Photo, Public, PublishLaw, public};
pub use step::{Done, Kind, Step};
