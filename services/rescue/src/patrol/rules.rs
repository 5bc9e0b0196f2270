//! The parameters of the street in force at a place on a day.

use jiff::civil::Date;
use yiwang_casework::Runtime;
use yiwang_chassis::fault::Fault;
use yiwang_civic::{params::Param, time};

use crate::domain::street::{
    law::{Ages, FollowUp},
    season::{Hours, Season},
    words::{CampaignKind, Level},
};

fn param<'a>(rt: &'a Runtime, division: &str, id: &str) -> Result<&'a Param, Fault> {
    let day = time::beijing_date(rt.now());
    // Goes away by itself once the parameter is there.
    rt.rules
        .lookup(id, division, day)
        .map_err(Fault::unavailable)
}

fn count(rt: &Runtime, division: &str, id: &str) -> Result<u32, Fault> {
    param(rt, division, id)?.count().map_err(Fault::unavailable)
}

fn text<T>(
    rt: &Runtime,
    division: &str,
    id: &str,
    read: impl FnOnce(&str) -> Option<T>,
) -> Result<T, Fault> {
    let text = param(rt, division, id)?
        .text()
        .map_err(Fault::unavailable)?;
    let wrong = || Fault::unavailable(anyhow::anyhow!("{id} = {text} cannot be read"));
    read(text).ok_or_else(wrong)
}

/// Who is a minor, who is elderly.
pub(super) fn ages(rt: &Runtime, division: &str) -> Result<Ages, Fault> {
    Ok(Ages {
        minor: count(rt, division, "rescue.age.minor")?,
        elder: count(rt, division, "rescue.age.elder")?,
    })
}

/// When somebody goes there again.
pub(super) fn follow_up(rt: &Runtime, division: &str) -> Result<FollowUp, Fault> {
    Ok(FollowUp {
        declined: count(rt, division, "rescue.street.follow_up_days")?,
        medical: count(rt, division, "rescue.street.hospital_days")?,
    })
}

/// Winter and summer.
pub(super) fn seasons(rt: &Runtime, county: &str) -> Result<(Season, Season), Fault> {
    let winter = text(rt, county, "rescue.campaign.winter", Season::read)?;
    let summer = text(rt, county, "rescue.campaign.summer", Season::read)?;
    Ok((winter, summer))
}

/// The season of a kind of campaign; the search for relatives has none.
pub(super) fn season(
    rt: &Runtime,
    county: &str,
    kind: CampaignKind,
) -> Result<Option<Season>, Fault> {
    let (winter, summer) = seasons(rt, county)?;
    Ok(match kind {
        CampaignKind::Winter => Some(winter),
        CampaignKind::Summer => Some(summer),
        CampaignKind::Kin => None,
    })
}

/// What an alert must be to open a campaign, and the patrols that follow.
pub(super) struct AlertRules {
    /// The mildest.
    pub(super) least: Level,
    /// When the patrols walk.
    pub(super) hours: Hours,
    /// Most of them.
    pub(super) most: u32,
}

/// As in force in a county.
pub(super) fn alert(rt: &Runtime, county: &str, kind: CampaignKind) -> Result<AlertRules, Fault> {
    let hours = match kind {
        CampaignKind::Summer => "rescue.campaign.summer_hours",
        _ => "rescue.campaign.winter_hours",
    };
    Ok(AlertRules {
        least: text(rt, county, "rescue.campaign.least_level", Level::from_code)?,
        hours: text(rt, county, hours, Hours::read)?,
        most: count(rt, county, "rescue.campaign.patrols")?,
    })
}

/// Today in Beijing.
pub(super) fn today(rt: &Runtime) -> Date {
    time::beijing_date(rt.now())
}
