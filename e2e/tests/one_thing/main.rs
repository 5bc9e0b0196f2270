//! One thing in a real browser: a family says it once, and each office does its part.

mod after_death;
mod hardship;
mod newlyweds;
mod steps;
