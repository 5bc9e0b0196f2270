//! Journeys through the portal in a real browser, as people make them.

mod access;
mod draft;
mod hands;
mod objection;
mod refusal;
mod support;
mod tour;
