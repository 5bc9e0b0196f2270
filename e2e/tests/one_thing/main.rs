//! One thing in a real browser: a family says it once, and each office does its part.

mod after_death;
mod eldercare_home;
mod hardship;
mod newlyweds;
mod ripple;
mod steps;
