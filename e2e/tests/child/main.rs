//! Child protection in a real browser: never lost from sight, never exposed.

mod adoption;
mod day;
mod father;
mod hands;
mod lived;
mod teacher;
