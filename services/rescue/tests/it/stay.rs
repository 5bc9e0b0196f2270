//! Stays from the arrival to the leaving (rules R02 to R07).

mod endings;
mod meal;
mod station;
mod stories;
