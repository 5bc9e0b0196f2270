//! Care of children: the director's day, files, roster, places, coverage, and what is paid.
//!
//! ```text
//! day       a phone that may have no connection
//! files     the list, one with its picture, late visits; `begin` an application from one
//! roster    directors and supervisors; `places` stations and homes; coverage
//! money     allowances, the month's run, comparisons, projects
//! ```

mod begin;
mod day;
mod files;
mod money;
mod places;
mod roster;
mod roster_forms;

use jiff::{ToSpan as _, civil::Date};
use yiwang_chassis::{fault::Fault, identity::Role};
use yiwang_civic::division::{self, Level};

use super::Region;
use crate::{
    portal::{
        desk::Desk,
        table::{form, page},
        view::child::care::money::Month,
    },
    route::{
        Auth::{Any, Staff},
        Route,
    },
};

/// The pages.
pub(in crate::portal) fn pages() -> Vec<Route> {
    vec![
        page("/child/day", Staff, day::show),
        page("/child/day/state", Staff, day::state),
        form("/child/day/visits", Staff, day::visits).with_uploads(),
        form("/child/day/settle", Staff, day::settle),
        Route::asset("/child/day-worker.js", day::worker),
        page("/child/files", Staff, files::list),
        page("/child/files/{number}", Staff, files::show),
        form("/child/files/{number}/apply", Staff, begin::take),
        page("/child/overdue", Staff, files::overdue),
        page("/child/roster", Staff, roster::show),
        page("/child/roster/{act}", Staff, roster::act),
        form("/child/roster/{act}", Staff, roster::take),
        page("/child/places", Staff, places::show),
        page("/child/places/save", Staff, places::act),
        form("/child/places/save", Staff, places::take),
        page("/child/coverage", Staff, roster::coverage),
        page("/child/allowances", Staff, money::allowances),
        page("/child/payments", Staff, money::run),
        form("/child/payments", Staff, money::make),
        form("/child/payments/repeat", Staff, money::repeat),
        page("/child/payments/{number}", Any, money::paid),
        page("/child/comparisons", Staff, money::comparisons),
        page("/child/projects", Staff, money::projects),
    ]
}

/// Regions of the reader with what lies below them, and the one that is looked at.
fn ground(desk: &Desk, roles: &[Role]) -> Result<Region, Fault> {
    let own = Region::of(desk, roles)?;
    let asked = desk.query("division");
    let mut all = vec![];
    for (code, name) in &own.all {
        // Not every village is in the table of divisions.
        let name = if name.is_empty() { code } else { name };
        all.push((code.clone(), name.clone()));
        for below in division::children(code) {
            all.push((below.code.to_owned(), format!("　{}", below.name)));
            if below.level == Level::Township && asked.starts_with(below.code) {
                let villages = division::children(below.code).into_iter();
                all.extend(villages.map(|one| (one.code.to_owned(), format!("　　{}", one.name))));
            }
        }
    }
    let chosen = all.iter().find(|(code, _)| code == asked);
    Ok(Region {
        chosen: chosen.map_or(own.chosen, |(code, _)| code.clone()),
        all,
    })
}

/// The month asked for, else this one.
fn month(desk: &Desk) -> Month {
    let typed = desk.query("month");
    let first = |text: &str| match text.len() {
        7 => format!("{text}-01").parse::<Date>().ok(),
        _ => None,
    };
    let found = first(typed);
    let day = found.unwrap_or_else(|| desk.today()).first_of_month();
    let code = |day: Date| format!("{:04}-{:02}", day.year(), day.month());
    let near = |months: i32| {
        day.checked_add(months.months())
            .map_or_else(|_| String::new(), code)
    };
    Month {
        code: code(day),
        before: near(-1),
        after: near(1),
        told: match (typed, found) {
            ("", _) | (_, Some(_)) => "",
            _ => "月份请写成2026-05这样，下面是本月的。",
        },
    }
}
