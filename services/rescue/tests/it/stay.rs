//! Stays from the arrival to the leaving (rules R02 to R07).

mod station;
mod stories;
