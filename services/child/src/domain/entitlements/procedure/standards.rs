//! The standards in force for a place and a month.

use jiff::civil::Date;
use yiwang_casework::guide::Standard;
use yiwang_civic::{
    money::Fen,
    params::{Param, ParamError, RuleBook},
    time::Month,
};

use crate::domain::entitlements::law::{
    Kind, Upbringing,
    amount::{self, Draws, Monthly, Standards},
};

/// Ids of the parameters.
const ORPHAN_FAMILY: &str = "entitlements.orphan.family";
const ORPHAN_INSTITUTION: &str = "entitlements.orphan.institution";
const UNATTENDED: &str = "entitlements.unattended.full";
const SUPPLEMENT: &str = "entitlements.supplement";

/// The standards in force in `division` on `day`.
///
/// # Errors
/// One is missing.
pub fn on(rules: &RuleBook, division: &str, day: Date) -> Result<Standards, ParamError> {
    let fen = |id| rules.lookup(id, division, day)?.fen();
    Ok(Standards {
        orphan_family: fen(ORPHAN_FAMILY)?,
        orphan_institution: fen(ORPHAN_INSTITUTION)?,
        unattended: fen(UNATTENDED)?,
    })
}

/// The temporary supplement 价格临时补贴 of a month; nothing where none was started.
///
/// # Errors
/// It is missing.
pub fn supplement(rules: &RuleBook, division: &str, month: Month) -> Result<Fen, ParamError> {
    rules.lookup(SUPPLEMENT, division, month.first_day())?.fen()
}

/// What a child gets in a month.
///
/// # Errors
/// A standard is missing.
pub fn monthly(
    rules: &RuleBook,
    division: &str,
    month: Month,
    (kind, upbringing): (Kind, Upbringing),
    draws: &[Draws],
) -> Result<Monthly, ParamError> {
    let standards = on(rules, division, month.first_day())?;
    Ok(amount::monthly(kind, upbringing, standards, draws))
}

/// The parameter a full amount comes from.
///
/// # Errors
/// It is missing.
pub fn source<'a>(
    rules: &'a RuleBook,
    division: &str,
    day: Date,
    kind: Kind,
) -> Result<&'a Param, ParamError> {
    let id = match kind {
        Kind::Orphan => ORPHAN_FAMILY,
        Kind::Unattended => UNATTENDED,
    };
    rules.lookup(id, division, day)
}

/// For the guide.
pub(super) fn shown(kind: Kind, rules: &RuleBook, division: &str, day: Date) -> Vec<Standard> {
    let ids: &[(&str, &str)] = match kind {
        Kind::Orphan => &[
            (ORPHAN_FAMILY, "社会散居孤儿"),
            (ORPHAN_INSTITUTION, "机构养育孤儿"),
        ],
        Kind::Unattended => &[(UNATTENDED, "事实无人抚养儿童（全额）")],
    };
    let found = ids.iter().filter_map(|(id, label)| {
        let param = rules.lookup(id, division, day).ok()?;
        Some(Standard {
            label: (*label).to_owned(),
            value: format!("每人每月{}元", param.fen().ok()?.yuan()),
            source: param.source.clone(),
        })
    });
    found.collect()
}
