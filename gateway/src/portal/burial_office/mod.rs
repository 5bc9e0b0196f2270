//! Pages for those who work with burial: funeral homes, cemeteries, their county.
//!
//! ```text
//! board, resources, deaths    the funeral home and the register of deaths
//! keeper                      places and ashes of a cemetery or columbarium
//! planning, inspections       the county
//! figures                     for everybody
//! sheet                       an act with a form of its own
//! ```
//! The gateway lets staff in; the burial service decides who may do what where.

mod board;
mod deaths;
mod figures;
mod inspections;
mod keeper;
mod planning;
mod resources;
pub(super) mod sheet;

use std::collections::BTreeSet;

use yiwang_chassis::{fault::Fault, identity::Role};
use yiwang_civic::division::{self, Level};

pub(crate) use self::{
    board::show as board,
    deaths::{act as deaths_act, look as look_up, show as deaths, take as take_deaths_act},
    figures::show as figures,
    inspections::{
        draw_now, new as new_draw, one as draw, prepare as prepare_draw, show as inspections,
    },
    keeper::{act as keeper_act, show as keeper, take as take_keeper_act},
    planning::{act as planning_act, show as planning, take as take_planning_act},
    resources::{edit as resource, save as save_resource, show as resources},
};
use super::{desk::Desk, view::burial_office::Tab};
use crate::session::SignedIn;

/// More counties than these are not listed.
const LISTED: usize = 300;

/// Who works in a funeral home, and the county that answers for it.
const HOME: &[Role] = &[Role::Funeral, Role::CountyOfficer];
/// Who looks certificates of death up.
const DEATHS: &[Role] = &[
    Role::Funeral,
    Role::Clerk,
    Role::TownshipOfficer,
    Role::CountyOfficer,
    Role::Approver,
];
/// Who reads the plans of a county.
const COUNTY: &[Role] = &[Role::CountyOfficer, Role::Approver];

/// Path, name, and whose work it is.
const PAGES: [(&str, &str, &[Role]); 7] = [
    ("/home/board", "治丧看板", HOME),
    ("/home/resources", "车辆、厅、炉", HOME),
    ("/home/deaths", "死亡登记", DEATHS),
    ("/cemetery/keeper", "墓位和骨灰", HOME),
    ("/visits/gate", "祭扫入口", &[Role::Funeral]),
    ("/burial/planning", "设施和规划", COUNTY),
    ("/burial/inspections", "双随机抽查", COUNTY),
];

fn open_to<'a>(
    who: &'a SignedIn,
) -> impl Iterator<Item = &'static (&'static str, &'static str, &'static [Role])> + use<'a> {
    PAGES
        .iter()
        .filter(|(.., roles)| roles.iter().any(|role| who.has_role(*role)))
}

/// Where burial begins for this reader; empty: it is not in the navigation.
pub(super) fn entry(who: &SignedIn) -> &'static str {
    // The county begins with its plans, the home with its day.
    if !who.has_role(Role::Funeral) && COUNTY.iter().any(|role| who.has_role(*role)) {
        return "/burial/planning";
    }
    open_to(who).next().map_or("", |(path, ..)| path)
}

/// Links to the pages that are open to this reader.
pub(super) fn tabs(desk: &Desk, current: &str) -> Vec<Tab> {
    let Some(who) = &desk.who else {
        return vec![];
    };
    let tab = |(href, label, _): &(&'static str, &'static str, &'static [Role])| Tab {
        href,
        label,
        current: *href == current,
    };
    open_to(who).map(tab).collect()
}

/// Refuses all but these roles.
fn only(desk: &Desk, roles: &[Role]) -> Result<(), Fault> {
    let who = desk.who()?;
    match roles.iter().any(|role| who.has_role(*role)) {
        true => Ok(()),
        false => Err(Fault::forbidden()),
    }
}

/// Beginnings of the codes the reader has in these roles, each once.
fn scopes(desk: &Desk, roles: &[Role]) -> Result<BTreeSet<String>, Fault> {
    let grants = desk.who()?.grants.iter();
    let theirs = grants.filter(|grant| roles.contains(&grant.role));
    Ok(theirs
        .filter_map(|grant| grant.scope())
        .map(str::to_owned)
        .collect())
}

/// The one asked for, else the first.
fn chosen<'a, T>(all: &'a [T], asked: &str, code: impl Fn(&T) -> &str) -> Option<&'a T> {
    all.iter().find(|one| code(one) == asked).or(all.first())
}

/// Counties in which the reader has one of these roles, with their names.
fn counties(desk: &Desk, roles: &[Role]) -> Result<Vec<(String, String)>, Fault> {
    let grants = desk.who()?.grants.iter();
    let theirs = grants.filter(|grant| roles.contains(&grant.role));
    let mut open: Vec<String> = theirs.map(|grant| grant.division.clone()).collect();
    let mut found = BTreeSet::new();
    while let Some(code) = open.pop() {
        let county = division::find(&code).is_some_and(|one| one.level >= Level::County);
        if county {
            found.insert(code.get(..6).unwrap_or(&code).to_owned());
        } else {
            let below = division::children(&code).into_iter();
            open.extend(below.map(|one| one.code.to_owned()));
        }
        if found.len() > LISTED {
            break;
        }
    }
    let named = |code: String| {
        let name = division::full_name(&code).unwrap_or_default();
        (code, name)
    };
    Ok(found.into_iter().map(named).collect())
}

/// Townships of a county, with their names.
fn townships(county: &str) -> Vec<(String, String)> {
    let below = division::children(county).into_iter();
    let townships = below.filter(|one| one.level == Level::Township);
    let named = townships.map(|one| (one.code.to_owned(), one.name.to_owned()));
    named.collect()
}
