//! The authorisation matrix: role × region × verb × route, generated from the
//! product's own tables and compared with one reviewed file.
//!
//! ```text
//! expected.txt ── table ──┐
//! routes, proto, acts ────┤ whole: nothing may be missing in either
//! cast × scene ── calls ──┘ matrix: what really happens; hidden: what does not show
//!                             closed: children whom only their own officers see
//! ```
#![expect(
    clippy::disallowed_methods,
    reason = "a client makes its own keys and sessions"
)]

mod burial;
mod calls;
mod cast;
mod child;
mod closed;
mod hidden;
mod marriage;
mod matrix;
mod outcome;
mod pages;
mod rescue;
mod rest;
mod rpc;
mod scene;
mod table;
mod tokens;
mod verbs;
mod whole;
mod world;
