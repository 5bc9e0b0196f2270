//! Who may have a place (rules F08, B5.5): a named dead person with both papers; in a
//! public-benefit cemetery only people of its service area; a living person only in the
//! exceptions of the law, each with reason and approver.

use jiff::civil::Date;
use yiwang_casework::Context;
use yiwang_civic::{
    division,
    params::{ParamError, Value},
};

yiwang_casework::code_list! {
    /// Why a living person may have a place.
    Exception {
        None = "none", "不是，使用人已经去世";
        Elderly = "elderly", "高龄老人";
        Critical = "critical", "危重病人";
        Spouse = "spouse", "逝者健在的配偶（合葬）";
        Childless = "childless", "无子女的老年人";
    }
}

/// Who a facility serves, as far as the form tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Served {
    /// The household registration lies in the area.
    Yes,
    /// Only the list of the area can tell: residents without its household registration, or a
    /// code too short for a village cemetery.
    ByList,
    /// Not served.
    No,
}

/// Whether a facility is public-benefit 公益性.
#[must_use]
pub fn public_benefit(kind: &str) -> bool {
    matches!(kind, "columbarium" | "urban_public" | "rural_public")
}

/// Whether the service area takes a household; `serves` is empty for the whole county.
#[must_use]
pub fn served(
    kind: &str,
    serves: &[String],
    county: &str,
    household: &str,
    resident: bool,
) -> Served {
    if !public_benefit(kind) {
        return Served::Yes;
    }
    let whole = [county.to_owned()];
    let area = if serves.is_empty() { &whole } else { serves };
    let household = household.trim();
    let within = |code: &String| division::is_within(household, code);
    if !household.is_empty() && area.iter().any(within) {
        return Served::Yes;
    }
    // A village cemetery, and the form says only the township.
    let around = |code: &String| !household.is_empty() && division::is_within(code, household);
    if resident || area.iter().any(around) {
        Served::ByList
    } else {
        Served::No
    }
}

/// The exceptions that hold where and when the context says.
///
/// # Errors
/// The parameter is missing.
pub fn exceptions(cx: &Context<'_>) -> Result<Vec<Exception>, ParamError> {
    let codes = cx.rule("burial.grave.exceptions")?.list()?;
    let known = codes
        .iter()
        .filter_map(Value::text)
        .filter_map(Exception::from_code);
    Ok(known.collect())
}

/// Full years of age on a day.
#[must_use]
pub fn age(born: Date, on: Date) -> i16 {
    let before = (on.month(), on.day()) < (born.month(), born.day());
    on.year() - born.year() - i16::from(before)
}

yiwang_casework::code_list! {
    /// What the one who joins is to the one who lies there 合葬.
    Kinship {
        Spouse = "spouse", "配偶";
        Parent = "parent", "父母";
        Child = "child", "子女";
        Sibling = "sibling", "兄弟姐妹";
        Grandparent = "grandparent", "祖父母、外祖父母";
        Grandchild = "grandchild", "孙子女、外孙子女";
        Other = "other", "其他";
    }
}

impl Kinship {
    /// Close enough to share a grave: near relatives 近亲属 (民法典 1045).
    #[must_use]
    pub fn may_join(self) -> bool {
        self != Self::Other
    }
}
