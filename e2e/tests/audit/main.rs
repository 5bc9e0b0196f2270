//! What the product writes about itself: the audit log, which nobody can change
//! unseen, and logs, metrics and events, in which nobody is named.

mod journey;
mod log;
mod quiet;
mod tamper;
