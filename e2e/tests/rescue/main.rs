//! Rescue stations in a real browser.

#![expect(clippy::disallowed_methods, reason = "a test makes its own tasks")]

mod hands;
mod lived;
mod old_man;
mod street;
mod tour;
mod unknown;
mod young;
