//! A death in the family, in a real browser, from the first question to the last.

mod farewell;
mod hands;
mod nameless;
mod tour;
