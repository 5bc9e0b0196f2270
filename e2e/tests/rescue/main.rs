//! Rescue stations in a real browser.

mod hands;
mod lived;
mod old_man;
mod street;
mod tour;
mod unknown;
mod young;
