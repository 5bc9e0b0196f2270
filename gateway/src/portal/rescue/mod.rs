//! Rescue 救助寻亲: what everybody may see and tell, and the work of the stations.
//!
//! ```text
//! public     stations with their hotline, the board of search notices
//! board      who is where, what is due, the red list of the search
//! house      places, articles, stock
//! search     candidates with their reasons, two people side by side
//! street     a phone that may have no connection
//! tell       somebody in the street needs help; no account
//! ```
//! The gateway lets staff in; the rescue service decides who may do what where.

mod board;
mod house;
mod public;
mod search;
pub(super) mod street;
mod tell;

use std::collections::BTreeSet;

use yiwang_chassis::{fault::Fault, identity::Role};
use yiwang_proto::rescue::v1 as pb;

pub(crate) use self::{
    board::{late, show as board},
    house::{act, articles, places, take},
    public::{notice, notices, show},
    search::{ask, ask_compare, compare, find},
    tell::{post as take_word, show as tell},
};
use super::{desk::Desk, view::burial_office::Tab};
use crate::session::SignedIn;

/// Who works in a station, and the county that answers for it.
const STATION: &[Role] = &[Role::Station, Role::CountyOfficer];

/// Where rescue begins for this reader of the staff; empty: it is not in the navigation.
pub(super) fn entry(who: &SignedIn) -> &'static str {
    match STATION.iter().any(|role| who.has_role(*role)) {
        true => "/rescue/board",
        false => "",
    }
}

/// Path and name of the pages of the stations.
const PAGES: [(&str, &str); 5] = [
    ("/rescue/board", "今日看板"),
    ("/rescue/places", "房间和位置"),
    ("/rescue/articles", "物品"),
    ("/rescue/late", "超时的寻亲步骤"),
    ("/rescue/street", "街头救助"),
];

/// Links to the pages of the stations.
fn tabs(current: &str) -> Vec<Tab> {
    let tab = |(href, label): &(&'static str, &'static str)| Tab {
        href,
        label,
        current: *href == current,
    };
    PAGES.iter().map(tab).collect()
}

/// Refuses all but the stations and their counties.
fn only(desk: &Desk) -> Result<(), Fault> {
    let who = desk.who()?;
    match STATION.iter().any(|role| who.has_role(*role)) {
        true => Ok(()),
        false => Err(Fault::forbidden()),
    }
}

/// The stations the reader works for or answers for, by code.
async fn stations(desk: &Desk) -> Result<Vec<pb::Station>, Fault> {
    let grants = desk.who()?.grants.iter();
    let theirs = grants.filter(|grant| STATION.contains(&grant.role));
    let scopes: BTreeSet<String> = theirs
        .filter_map(|grant| grant.scope())
        .map(str::to_owned)
        .collect();
    let mut stations: Vec<pb::Station> = Vec::new();
    for scope in scopes {
        stations.extend(desk.state.backends().rescue_stations(&scope).await?);
    }
    stations.sort_by(|a, b| a.code.cmp(&b.code));
    stations.dedup_by(|a, b| a.code == b.code);
    Ok(stations)
}

/// The one asked for, else the first.
fn chosen<'a>(stations: &'a [pb::Station], asked: &str) -> Result<&'a pb::Station, Fault> {
    let found = stations.iter().find(|one| one.code == asked);
    found.or(stations.first()).ok_or_else(|| Fault {
        reason: "NO_STATION".into(),
        message: "您的岗位所在地区没有救助管理站。".to_owned(),
        ..Fault::forbidden()
    })
}
