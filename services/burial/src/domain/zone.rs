//! Cremation areas 火葬区 and burial reform areas 土葬改革区 (rules F16): which one a place lies
//! in on a day, and what may be announced.

use jiff::civil::Date;
use yiwang_casework::Refusal;

use super::desk::{at_field, day};

yiwang_casework::code_list! {
    /// What a place was declared to be; a place without one was declared nothing.
    Zone {
        Cremation = "cremation", "火葬区";
        BurialReform = "burial_reform", "土葬改革区";
    }
}

/// An announced zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Announced {
    /// 6, 9 or 12 digits, or the beginning of a place's code.
    pub division: String,
    /// Kind.
    pub kind: Zone,
    /// First day.
    pub valid_from: Date,
    /// First day on which it no longer holds.
    pub valid_to: Option<Date>,
}

impl Announced {
    fn holds(&self, place: &str, on: Date) -> bool {
        place.starts_with(&self.division)
            && self.valid_from <= on
            && self.valid_to.is_none_or(|end| on < end)
    }

    fn overlaps(&self, other: &Self) -> bool {
        let before = |end: Option<Date>, start: Date| end.is_some_and(|end| end <= start);
        self.division == other.division
            && !before(self.valid_to, other.valid_from)
            && !before(other.valid_to, self.valid_from)
    }
}

/// The zone of a place on a day: of the zones around it the smallest decides.
#[must_use]
pub fn of(zones: &[Announced], place: &str, on: Date) -> Option<Zone> {
    let around = zones.iter().filter(|zone| zone.holds(place, on));
    around
        .max_by_key(|zone| zone.division.len())
        .map(|zone| zone.kind)
}

/// Paper of an announcement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper<'a> {
    /// Number of the announcement.
    pub document: &'a str,
    /// Number of the province's approval 省级划定.
    pub approval: &'a str,
    /// When it was published.
    pub announced_on: Date,
}

/// Whether a draft may be announced: with both papers, published before it holds, and beside
/// no other zone of the same division.
///
/// # Errors
/// `DOCUMENT_REQUIRED`, `APPROVAL_REQUIRED`, `ANNOUNCED_LATER`, `BEFORE_ANNOUNCEMENT`,
/// `ZONE_OVERLAP`.
pub fn may_announce(
    draft: &Announced,
    paper: &Paper<'_>,
    today: Date,
    running: &[Announced],
) -> Result<(), Refusal> {
    if paper.document.trim().is_empty() {
        let message = "请填写公告文号；没有公告的区域划定不生效。";
        return Err(at_field("DOCUMENT_REQUIRED", "/document", message));
    }
    if paper.approval.trim().is_empty() {
        let message = "请填写省级人民政府划定（批准）文号。";
        return Err(at_field("APPROVAL_REQUIRED", "/approval", message));
    }
    if paper.announced_on > today {
        let message = "公告日期晚于今天，请在公告发布以后登记。";
        return Err(at_field("ANNOUNCED_LATER", "/announced_on", message));
    }
    if draft.valid_from < paper.announced_on {
        let message = format!(
            "生效日期（{}）早于公告日期，请改为公告当天或者以后。",
            day(draft.valid_from)
        );
        return Err(at_field("BEFORE_ANNOUNCEMENT", "/announced_on", message));
    }
    match running.iter().find(|zone| draft.overlaps(zone)) {
        Some(zone) => Err(overlap(zone)),
        None => Ok(()),
    }
}

/// Another zone stands in the way.
#[must_use]
pub fn overlap(zone: &Announced) -> Refusal {
    let until = zone
        .valid_to
        .map_or_else(|| "长期".to_owned(), |end| format!("{}前", day(end)));
    let message = format!(
        "这个地区自{}起（{until}）已经是{}，请先公告终止，再公告新的划定。",
        day(zone.valid_from),
        zone.kind.label()
    );
    at_field("ZONE_OVERLAP", "/division", message)
}

/// A zone ends on a later day: what was decided by it stays decided.
///
/// # Errors
/// `DOCUMENT_REQUIRED`, `ENDED`, `END_IN_THE_PAST`.
pub fn may_end(zone: &Announced, end: Date, document: &str, today: Date) -> Result<(), Refusal> {
    if document.trim().is_empty() {
        let message = "请填写终止公告的文号。";
        return Err(at_field("DOCUMENT_REQUIRED", "/document", message));
    }
    if zone.valid_to.is_some() {
        let message = "这个区域划定已经登记过终止日期，请刷新页面。";
        return Err(Refusal::new("ENDED", message));
    }
    if end <= today || end <= zone.valid_from {
        let message = "终止日期应当晚于今天，也晚于生效日期；已经办过的事不受影响。";
        return Err(at_field("END_IN_THE_PAST", "/valid_to", message));
    }
    Ok(())
}
