//! The real executable as a process.
#![expect(clippy::unwrap_used, reason = "a failed set-up is a failed test")]

mod sandbox;
