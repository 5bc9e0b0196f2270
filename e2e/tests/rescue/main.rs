//! Rescue stations in a real browser.

mod tour;
