//! The real executable as a process.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a failed set-up is a failed test, and a test has no life cycle"
)]

mod certificate;
mod numbers;
mod sandbox;
mod up;
