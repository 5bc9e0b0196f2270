//! Marriage and divorce in a real browser, as couples and registrars make them.

mod counter;
mod divorce;
mod tour;
mod wedding;
