//! The tables of schema `casework`. Row structs stay private to their file.

pub(crate) mod access;
pub(crate) mod case;
pub(crate) mod certificate;
pub(crate) mod clock;
pub(crate) mod document;
pub(crate) mod draft;
pub(crate) mod errand;
pub(crate) mod history;
pub(crate) mod naming;
pub(crate) mod notice;
pub(crate) mod statistics;
pub(crate) mod submission;
pub(crate) mod worklist;
