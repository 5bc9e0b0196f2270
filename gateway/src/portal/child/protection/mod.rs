//! Harm to a child: what everybody may tell at any hour, and the work that follows.
//!
//! ```text
//! public     what one can do; notices of found children
//! report     somebody tells; no account. `receipt`: how far it is, in one word
//! reports    for staff: what was told. `reporter`: who told, for a reason
//! cases      the most urgent first; `workbench`: the whole of one
//! custody    children whom civil affairs guard
//! ```

mod cases;
mod custody;
mod public;
mod receipt;
mod report;
mod reporter;
mod reports;
mod workbench;

pub(super) use self::{
    cases::show as cases,
    custody::show as custody,
    public::{notices, show as help},
    receipt::{ask as receipt, show as receipt_form},
    report::{post as take_report, show as report},
    reporter::{ask as ask_reporter, show as reporter},
    reports::show as reports,
    workbench::show as workbench,
};
