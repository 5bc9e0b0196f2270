//! 接送返回: who travels with whom, who asks whom, who is asked next (民发〔2020〕14号, rules R08).

use yiwang_casework::Refusal;

use super::action::{Escort, Way};
use crate::domain::desk::at_field;

/// Who is brought home.
#[derive(Debug, Clone, Copy, Default)]
pub struct Traveller {
    /// Woman or girl.
    pub female: bool,
    /// Under 18.
    pub minor: bool,
}

/// Who goes with them.
#[derive(Debug, Clone, Copy)]
pub struct Crew<'a> {
    /// Escorts.
    pub escorts: &'a [Escort],
    /// Police officers' unit and numbers; empty: none.
    pub police: &'a str,
    /// Medicine list; empty: nobody has looked.
    pub medicine: &'a str,
}

impl Traveller {
    /// Whether this crew may bring the person home.
    ///
    /// # Errors
    /// `TOO_FEW_ESCORTS`, `ESCORT_TWICE`, `WOMAN_ESCORT`, `POLICE_ESCORT`, `MEDICINE_LIST`.
    pub fn may_go(self, crew: Crew<'_>, least: u32) -> Result<(), Refusal> {
        let named = crew.escorts.iter();
        let named: Vec<&Escort> = named.filter(|it| !it.name.trim().is_empty()).collect();
        let mut names: Vec<&str> = named.iter().map(|escort| escort.name.trim()).collect();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        if names.len() < all {
            let message = "同一名护送人员写了两次，请核对。";
            return Err(at_field("ESCORT_TWICE", "/escorts", message));
        }
        if u32::try_from(all).unwrap_or(u32::MAX) < least {
            let message = format!("护送人员不少于{least}人，请补充。");
            return Err(at_field("TOO_FEW_ESCORTS", "/escorts", message));
        }
        let woman = named.iter().any(|escort| escort.sex == "female");
        if self.female && !woman {
            let message = "护送女性受助人员，要有女工作人员同行，请安排。";
            return Err(at_field("WOMAN_ESCORT", "/escorts", message));
        }
        if self.minor && crew.police.trim().is_empty() {
            let message = "护送未成年人由公安机关协助，请联系公安机关，填写派出单位和警号。";
            return Err(at_field("POLICE_ESCORT", "/police", message));
        }
        if crew.medicine.trim().is_empty() {
            let message = "请填写随行药品清单；没有药品的写“无”。";
            return Err(at_field("MEDICINE_LIST", "/medicine", message));
        }
        Ok(())
    }
}

yiwang_casework::code_list! {
    /// Who settles what the two places cannot agree on, from below.
    Level {
        County = "county", "两地县级民政部门";
        City = "city", "市级民政部门";
        Province = "province", "省级民政部门";
        Ministry = "ministry", "民政部";
    }
}

/// Whether the journey crosses a province's border.
#[must_use]
pub fn across_provinces(station: &str, origin: &str) -> bool {
    station.get(..2) != origin.trim().get(..2)
}

/// Who asks first.
#[must_use]
pub fn first_level(across: bool) -> Level {
    if across {
        Level::Province
    } else {
        Level::County
    }
}

/// Who is asked next when there is no answer or a no; none above the last. Within a province its
/// own department decides.
#[must_use]
pub fn next_level(level: Level, across: bool) -> Option<Level> {
    match level {
        Level::County => Some(Level::City),
        Level::City => Some(Level::Province),
        Level::Province if across => Some(Level::Ministry),
        Level::Province | Level::Ministry => None,
    }
}

/// Whether the place of origin may be asked now.
///
/// # Errors
/// `PROVINCE_FIRST`: across provinces the own province-level department writes.
pub fn may_ask(across: bool, forwarded: bool) -> Result<(), Refusal> {
    if across && !forwarded {
        let message = "跨省返回由两地省级民政部门联系，请先报本省省级民政部门。";
        return Err(Refusal::new("PROVINCE_FIRST", message));
    }
    Ok(())
}

/// Whether somebody is handed over here and now: fetched at the station, or at the end of the way.
///
/// # Errors
/// `NOT_ON_WAY`, `RELATIVES_FETCH`.
pub fn may_hand_over(way: Way, on_way: bool) -> Result<(), Refusal> {
    match way {
        Way::Relatives => {
            let message = "亲属来接的，请在站内救助里办理“亲属接领”，由两人签字。";
            Err(Refusal::new("RELATIVES_FETCH", message))
        }
        Way::Escorted if !on_way => {
            let message = "护送的，请先登记启程。";
            Err(Refusal::new("NOT_ON_WAY", message))
        }
        Way::Escorted | Way::Fetched => Ok(()),
    }
}
