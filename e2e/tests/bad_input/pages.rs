//! (pages)
