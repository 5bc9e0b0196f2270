//! Rescue 救助寻亲: what everybody may see and tell, and the work of the stations.
//!
//! ```text
//! public     stations with their hotline, the board of search notices
//! board      who is where, what is due, the red list of the search
//! calls      the hotline, day and night
//! house      places, articles, stock
//! leaving    journeys home, placements, settlements, the return rate; `institutions`, `begin`
//! search     candidates with their reasons, two people side by side
//! street     a phone that may have no connection
//! patrols    planned, walked; their way and whom they met; `campaigns` with what each needs
//! encounters people met in the street
//! reports    of missing people, for stations; `mine` for families; `photos` of notices
//! register   people easily lost, by township
//! tell       somebody in the street needs help; no account
//! ```
//! The gateway lets staff in; the rescue service decides who may do what where.

mod begin;
mod board;
mod calls;
mod campaigns;
mod encounters;
mod house;
mod house_forms;
mod institutions;
mod leaving;
mod mine;
mod patrol_acts;
mod patrols;
mod photos;
mod public;
mod register;
mod reports;
mod search;
pub(super) mod street;
mod tell;

use std::collections::BTreeSet;

use yiwang_chassis::{fault::Fault, identity::Role};
use yiwang_proto::rescue::v1 as pb;

pub(crate) use self::{
    begin::{show as begin_leaving, take as take_leaving},
    board::{late, receive, show as board},
    calls::{act as call_act, show as calls, take as take_call},
    campaigns::{act as campaign_act, show as campaigns, take as take_campaign_act},
    encounters::{one as encounter, show as encounters, take as take_encounter},
    house::{act, articles, places, take},
    institutions::{act as institution_act, show as institutions, take as take_institution_act},
    leaving::{returns, show as leaving},
    mine::show as mine,
    patrol_acts::{act as patrol_act, plan as plan_patrol, take as take_patrol_act, take_plan},
    patrols::{one as patrol, show as patrols},
    photos::show as photo,
    public::{notice, notices, show},
    register::show as register,
    reports::{ask as ask_report, find as find_report, show as reports},
    search::{ask, ask_compare, compare, find},
    tell::{post as take_word, show as tell},
};
use super::{desk::Desk, view::burial_office::Tab};
use crate::session::SignedIn;

/// Who works in a station, and the county that answers for it.
const STATION: &[Role] = &[Role::Station, Role::CountyOfficer];
/// Who reads the register of people easily lost.
const REGISTER: &[Role] = &[Role::TownshipOfficer, Role::CountyOfficer];

/// Where rescue begins for this reader of the staff; empty: it is not in the navigation.
pub(super) fn entry(who: &SignedIn) -> &'static str {
    let any = |roles: &[Role]| roles.iter().any(|role| who.has_role(*role));
    match (any(STATION), any(REGISTER)) {
        (true, _) => "/rescue/board",
        (_, true) => "/rescue/register",
        _ => "",
    }
}

/// Path, name, and whose work it is.
pub(super) const PAGES: [(&str, &str, &[Role]); 14] = [
    ("/rescue/board", "今日看板", STATION),
    ("/rescue/places", "房间和位置", STATION),
    ("/rescue/articles", "物品", STATION),
    ("/rescue/calls", "求助电话", STATION),
    ("/rescue/late", "超时的寻亲步骤", STATION),
    ("/rescue/leaving", "返乡、托养、安置", STATION),
    ("/rescue/institutions", "托养机构", STATION),
    ("/rescue/returns", "接送返回率", STATION),
    ("/rescue/reports", "寻人信息", STATION),
    ("/rescue/patrols", "街面巡查", STATION),
    ("/rescue/encounters", "街头看望", STATION),
    ("/rescue/campaigns", "专项行动", STATION),
    ("/rescue/street", "街头救助", STATION),
    ("/rescue/register", "易走失人员", REGISTER),
];

/// Links to the pages that are the reader's work.
fn tabs(desk: &Desk, current: &str) -> Result<Vec<Tab>, Fault> {
    let who = desk.who()?;
    let theirs = |(.., roles): &&(_, _, &[Role])| roles.iter().any(|role| who.has_role(*role));
    let tab = |&(href, label, _): &(&'static str, &'static str, _)| Tab {
        href,
        label,
        current: href == current,
    };
    Ok(PAGES.iter().filter(theirs).map(tab).collect())
}

/// Refuses all but the stations and their counties.
fn only(desk: &Desk) -> Result<(), Fault> {
    let who = desk.who()?;
    match STATION.iter().any(|role| who.has_role(*role)) {
        true => Ok(()),
        false => Err(Fault::forbidden()),
    }
}

/// Regions the reader works in or answers for.
fn scopes(desk: &Desk) -> Result<Vec<String>, Fault> {
    let grants = desk.who()?.grants.iter();
    let theirs = grants.filter(|grant| STATION.contains(&grant.role));
    let scopes: BTreeSet<&str> = theirs.filter_map(|grant| grant.scope()).collect();
    Ok(scopes.into_iter().map(str::to_owned).collect())
}

/// The stations there, by code.
async fn stations(desk: &Desk) -> Result<Vec<pb::Station>, Fault> {
    let mut stations: Vec<pb::Station> = Vec::new();
    for scope in scopes(desk)? {
        stations.extend(desk.state.backends().rescue_stations(&scope).await?);
    }
    stations.sort_by(|a, b| a.code.cmp(&b.code));
    stations.dedup_by(|a, b| a.code == b.code);
    Ok(stations)
}

/// The one asked for, else the first.
fn chosen<'a>(stations: &'a [pb::Station], asked: &str) -> Result<&'a pb::Station, Fault> {
    let found = stations.iter().find(|one| one.code == asked);
    found.or(stations.first()).ok_or_else(no_station)
}

fn no_station() -> Fault {
    Fault {
        reason: "NO_STATION".into(),
        message: "您的岗位所在地区没有救助管理站。".to_owned(),
        ..Fault::forbidden()
    }
}
