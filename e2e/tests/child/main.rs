//! Child protection in a real browser: never lost from sight, never exposed.

#![expect(clippy::disallowed_methods, reason = "a test makes its own tasks")]

mod adoption;
mod father;
mod hands;
mod teacher;
