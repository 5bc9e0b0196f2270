//! One thing 一件事: a parent over ordinary cases and department tickets (design 8, D1).
//!
//! ```text
//! definitions/  what each one-thing is: steps, order, act, undo, owner, clock   data
//! course/       what follows from what happened                                 pure
//! store/        rows: one-thing, steps, history, signals, facts                 SQL
//! runner/       lease ─> decide ─> commit ─> act ─> decide ─> commit            I/O
//! ```
//! A step's intent is committed before it acts, its result before the next step starts. Every act
//! carries the same idempotency key however often it is tried. A lease has an epoch, and every
//! write names it: an owner that slept too long writes nothing.

pub(crate) mod course;
pub(crate) mod definition;
pub(crate) mod definitions;
pub(crate) mod runner;
pub(crate) mod store;

#[cfg(test)]
mod tests;
