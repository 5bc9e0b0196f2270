//! Pages of child protection: path, who may open it, what draws it.

use super::{access, adoption, care, protection, tasks};
use crate::{
    portal::table::{form, page},
    route::{
        Auth::{Public, Staff},
        Route,
    },
};

/// The pages.
pub(in crate::portal) fn pages() -> Vec<Route> {
    let mut table = public();
    table.extend(care::pages());
    table.extend(work());
    table.extend(closed());
    table
}

fn public() -> Vec<Route> {
    vec![
        page("/child", Public, protection::help),
        page("/child/report", Public, protection::report),
        form("/child/report", Public, protection::take_report),
        page("/child/receipt", Public, protection::receipt_form),
        form("/child/receipt", Public, protection::receipt),
        page("/child/notices", Public, protection::notices),
    ]
}

fn work() -> Vec<Route> {
    vec![
        page("/child/reports", Staff, protection::reports),
        page("/child/cases", Staff, protection::cases),
        page("/child/cases/{number}", Staff, protection::workbench),
        page(
            "/child/cases/{number}/reporter",
            Staff,
            protection::reporter,
        ),
        form(
            "/child/cases/{number}/reporter",
            Staff,
            protection::ask_reporter,
        ),
        page("/child/custody", Staff, protection::custody),
        page("/child/tasks", Staff, tasks::show),
        form("/child/tasks/{id}/take", Staff, tasks::take),
        page("/child/tasks/{id}/done", Staff, tasks::ask_done),
        form("/child/tasks/{id}/done", Staff, tasks::done),
        page("/child/adoption", Staff, adoption::show),
        page("/child/adoption/archive", Staff, adoption::requests),
        page("/child/adoption/archive/new", Staff, adoption::new),
        form("/child/adoption/archive/new", Staff, adoption::ask),
        page(
            "/child/adoption/archive/{id}/decide",
            Staff,
            adoption::deciding,
        ),
        form(
            "/child/adoption/archive/{id}/decide",
            Staff,
            adoption::decide,
        ),
        page(
            "/child/adoption/archive/open/{number}",
            Staff,
            adoption::opening,
        ),
        form(
            "/child/adoption/archive/open/{number}",
            Staff,
            adoption::open,
        ),
    ]
}

fn closed() -> Vec<Route> {
    vec![
        page("/child/access", Staff, access::show),
        page("/child/access/new", Staff, access::new),
        form("/child/access/new", Staff, access::ask),
        page("/child/access/emergency", Staff, access::emergency),
        form("/child/access/emergency", Staff, access::break_glass),
        page("/child/access/{id}/decide", Staff, access::deciding),
        form("/child/access/{id}/decide", Staff, access::decide),
        page("/child/access/{id}/review", Staff, access::reviewing),
        form("/child/access/{id}/review", Staff, access::review),
        page("/child/access/report", Staff, access::report),
    ]
}
