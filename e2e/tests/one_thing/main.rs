//! One thing in a real browser: a family says it once, and each office does its part.

mod after_death;
mod edge;
mod eldercare_home;
mod filing;
mod hardship;
mod last_way;
mod newlyweds;
mod revoked;
mod ripple;
mod steps;
