//! One thing 一件事: a parent over ordinary cases and department tickets (design 8, D1).
//!
//! ```text
//! definitions/  what each one-thing is: steps, order, act, undo, owner, clock   data
//! course/       what follows from what happened                                 pure
//! store/        rows: one-thing, steps, history, signals, facts                 SQL
//! runner/       lease ─> decide ─> commit ─> act ─> decide ─> commit            I/O
//! acts/         what steps do: cases over gRPC, tickets to departments/         I/O
//! repair        what is stuck, for `yiwang ops`
//! facts         events of other services, kept by person key; backfill: from their outboxes
//! ```
//! A step's intent is committed before it acts, its result before the next step starts. Every act
//! carries the same idempotency key however often it is tried. A lease has an epoch, and every
//! write names it: an owner that slept too long writes nothing.

pub(crate) mod acts;
pub(crate) mod backfill;
pub(crate) mod course;
pub(crate) mod definition;
pub(crate) mod definitions;
pub(crate) mod departments;
pub(crate) mod facts;
pub(crate) mod form;
pub(crate) mod present;
pub(crate) mod repair;
pub(crate) mod runner;
pub(crate) mod service;
pub(crate) mod store;

pub(crate) use service::OneThings;

#[cfg(test)]
mod tests;
