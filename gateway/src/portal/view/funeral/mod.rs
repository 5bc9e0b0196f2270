//! Pages of a family that has lost somebody: what to do, the days ahead, times to choose.

pub(crate) mod bill;
mod times;

use askama::Template;
use yiwang_proto::{burial::v1 as pb, casework::v1::Case};

pub(crate) use self::{
    bill::{BillView, each, yuan},
    times::{DayTab, Kind, Times, Turns},
};
use super::{Chrome, case::Task, facts::SectionView, prices::Waived};

/// What to do now, in order.
#[derive(Template)]
#[template(path = "funeral/what.html")]
pub(crate) struct WhatToDo {
    pub(crate) chrome: Chrome,
    /// Of whoever is signed in: they may begin the application here.
    pub(crate) csrf: Option<String>,
    pub(crate) place: String,
    pub(crate) told: String,
    pub(crate) homes: Vec<HomeCard>,
    pub(crate) waived: Option<Waived>,
    /// Six digits; empty before a place is known.
    pub(crate) county: String,
}

/// A funeral home to call.
pub(crate) struct HomeCard {
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) address: String,
    pub(crate) phone: String,
}

impl HomeCard {
    pub(crate) fn of(home: pb::Home) -> Self {
        Self {
            code: home.code,
            name: home.name,
            address: home.address,
            phone: home.phone,
        }
    }
}

/// One funeral as its family sees it.
#[derive(Template)]
#[template(path = "funeral/case.html")]
pub(crate) struct FuneralPage {
    pub(crate) chrome: Chrome,
    pub(crate) told: &'static str,
    pub(crate) home: Option<HomeCard>,
    /// The days ahead, what is missing, who forbids the cremation.
    pub(crate) first: Vec<SectionView>,
    pub(crate) others: Vec<SectionView>,
    /// What only the family can still do before the cremation; first of all.
    pub(crate) needed: Vec<Task>,
    /// What there is a time to choose for, and whether it is still missing.
    pub(crate) kinds: Vec<(Kind, bool)>,
    /// The other acts.
    pub(crate) tasks: Vec<Task>,
    /// What hardly a family does; folded away.
    pub(crate) seldom: Vec<Task>,
    pub(crate) bills: Vec<BillView>,
    pub(crate) case: Case,
}
