//! Care of children: the director's day, files, roster, places, coverage, and what is paid.

mod day;

use crate::{
    portal::table::{form, page},
    route::{Auth::Staff, Route},
};

/// The pages.
pub(in crate::portal) fn pages() -> Vec<Route> {
    vec![
        page("/child/day", Staff, day::show),
        page("/child/day/state", Staff, day::state),
        form("/child/day/visits", Staff, day::visits),
        form("/child/day/settle", Staff, day::settle),
        Route::asset("/child/day-worker.js", day::worker),
    ]
}
