//! Social assistance 社会救助 (in progress).

pub mod domain;
