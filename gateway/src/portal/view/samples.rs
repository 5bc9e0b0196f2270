//! Every page with sample data, for the tests and for looking at.

use askama::Template;

use super::Section;

mod archive;
mod book;
mod burial_county;
mod burial_office;
mod certificates;
mod child_access;
mod child_care;
mod child_money;
mod child_protection;
mod child_roster;
mod child_workbench;
mod citizen;
mod data;
mod funeral;
mod hall;
mod memorials;
mod one_thing;
mod public;
mod rating;
mod rescue;
mod rescue_calls;
mod rescue_kin;
mod rescue_leaving;
mod rescue_station;
mod rescue_street;
mod setup;
mod staff;
mod visits;

/// Every page.
pub(super) fn pages() -> Vec<(&'static str, String)> {
    let mut pages = public::public_pages();
    pages.extend(public::entry_pages());
    pages.extend(citizen::citizen_pages());
    pages.extend(book::pages());
    pages.extend(burial_county::pages());
    pages.extend(burial_office::pages());
    pages.extend(certificates::pages());
    pages.extend(child_access::pages());
    pages.extend(child_care::pages());
    pages.extend(child_money::pages());
    pages.extend(child_protection::pages());
    pages.extend(child_roster::pages());
    pages.extend(child_workbench::pages());
    pages.extend(hall::hall_pages());
    pages.extend(setup::pages());
    pages.extend(archive::pages());
    pages.extend(visits::pages());
    pages.extend(memorials::pages());
    pages.extend(one_thing::pages());
    pages.extend(rating::pages());
    pages.extend(rescue::pages());
    pages.extend(rescue_kin::pages());
    pages.extend(rescue_leaving::pages());
    pages.extend(rescue_calls::pages());
    pages.extend(rescue_station::pages());
    pages.extend(rescue_street::pages());
    pages.extend(funeral::pages());
    pages.push(("work", staff::work().render().unwrap()));
    pages.push(("officer", staff::officer().render().unwrap()));
    pages.push(("statistics", staff::statistics().render().unwrap()));
    let fault = yiwang_chassis::fault::Fault::not_found();
    let frame = data::chrome("", Section::None, "");
    pages.push((
        "error",
        crate::portal::failure::message(frame, &fault)
            .render()
            .unwrap(),
    ));
    pages
}
