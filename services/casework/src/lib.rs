//! The life of a case 办件, written once for all services.
//!
//! An item 事项 is a Rust type that implements [`Item`]: its form, states,
//! actions and a pure `decide`. This crate does the rest:
//!
//! ```text
//! gRPC ─► service/ ─► commit.rs ─► Item::decide (pure)
//!                        │
//!                        └─ one transaction: case, history, clocks, notices,
//!                           documents, certificates, errands, audit, outbox,
//!                           idempotency
//! runner.rs: legal clocks that fall due and answers of departments come back
//!            into `decide` as actions of the system
//! ```
//!
//! Forms, facts, materials and notes on persons are sealed at rest; a person is
//! found again by key only ([`yiwang_civic::person_key`]).

mod access;
pub mod acts;
pub mod case;
pub mod certificate;
pub mod closed;
mod config;
pub mod context;
pub mod decision;
mod describe;
pub mod desk;
pub mod document;
mod engine;
pub mod fields;
pub mod files;
pub mod form;
pub mod guide;
pub mod host;
pub mod item;
pub mod merge;
pub mod page;
mod parts;
pub mod past;
pub mod registered;
mod registry;
pub mod ripple;
pub mod runner;
pub mod runtime;
pub mod service;
mod store;
pub mod system;
pub mod testing;
mod trail;
pub mod two;
mod view;
mod vocabulary;

use jiff::Timestamp;
use yiwang_chassis::db::Schema;

pub use access::reach::known_to;
pub use case::{Case, Material, NoticeFacts, Person, RunningClock};
pub use context::{Actor, Context};
pub use decision::{
    CertificateOp, CertificateState, ClockOp, Decision, Errand, IssueCertificate, IssueDocument,
    NoticeOp, OnDue, Refusal,
};
pub use files::{Papers, Photos};
pub use item::{ActionSpec, Awaiting, By, Item, Standing, State, StateSpec};
pub use registered::{ApplyError, Departments, KeyedPerson, Question, Registered};
pub use runtime::Runtime;
pub use yiwang_chassis::department::{self, Answer, CallError};

/// The tables of this crate.
pub const SCHEMA: Schema = Schema {
    name: "casework",
    migrator: &MIGRATOR,
};

static MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!();

/// Stands for "no limit" in `due_at`: 9000-01-01T00:00:00Z.
pub(crate) const FAR_FUTURE: Timestamp = Timestamp::constant(221_845_392_000, 0);
