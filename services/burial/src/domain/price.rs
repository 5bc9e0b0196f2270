//! The price list 价目清单 (国令824号, FEE26): a charge stands on it that day, or it is not made.

use jiff::civil::Date;
use yiwang_chassis::fault::FieldViolation;

yiwang_casework::code_list! {
    /// Class of an item.
    Class {
        Basic = "basic", "基础项目";
        Other = "other", "非基础项目";
        Place = "place", "墓位、格位";
    }
}

yiwang_casework::code_list! {
    /// Who sets the price.
    Pricing {
        Guided = "guided", "政府指导价";
        Market = "market", "市场调节价";
    }
}

/// A price in force somewhere for some time. Amounts in fen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Price {
    /// Code of the item, e.g. `cremation.flat`.
    pub code: String,
    /// Where it holds, and below.
    pub division: String,
    /// Only there; none: everywhere in the division.
    pub facility: Option<String>,
    /// Chinese name.
    pub title: String,
    /// Class.
    pub class: Class,
    /// Unit, e.g. 次.
    pub unit: String,
    /// The price, or the least of its range.
    pub fen: i64,
    /// The most of its range; none: a fixed price.
    pub fen_to: Option<i64>,
    /// Document it stands on; may be empty for market prices.
    pub document: String,
    /// First day.
    pub valid_from: Date,
    /// First day on which it no longer holds.
    pub valid_to: Option<Date>,
    /// Who sets it.
    pub pricing: Pricing,
}

impl Price {
    /// Whether it holds that day.
    #[must_use]
    pub fn holds(&self, on: Date) -> bool {
        self.valid_from <= on && self.valid_to.is_none_or(|end| on < end)
    }

    /// Whether a unit may cost so much.
    #[must_use]
    pub fn allows(&self, fen: i64) -> bool {
        (self.fen..=self.fen_to.unwrap_or(self.fen)).contains(&fen)
    }

    /// Years that a unit lasts: `年`, `20年`; none for other units.
    #[must_use]
    pub fn years(&self) -> Option<u32> {
        match self.unit.trim().strip_suffix('年')? {
            "" => Some(1),
            digits => digits.parse().ok().filter(|years| *years > 0),
        }
    }

    /// The narrower the division, the more it counts; a facility's own counts most.
    fn rank(&self) -> (usize, bool, Date) {
        (
            self.division.len(),
            self.facility.is_some(),
            self.valid_from,
        )
    }
}

/// The price of an item that day: of the narrowest place that has one.
#[must_use]
pub fn find<'a>(prices: &'a [Price], code: &str, on: Date) -> Option<&'a Price> {
    let holds = prices
        .iter()
        .filter(|one| one.code == code && one.holds(on));
    holds.max_by_key(|one| one.rank())
}

/// The dearest price of a single unit that is taken for no slip of the pen: a million yuan.
const MOST_FEN: i64 = 100_000_000;

/// What is wrong with a new version. `last` is the latest version of the same item there: the
/// new one begins after today and after it, so that no bill of the past changes.
#[must_use]
pub fn wrong_with(new: &Price, last: Option<&Price>, today: Date) -> Vec<FieldViolation> {
    let mut found = Vec::new();
    let mut note = |field: &str, code: &'static str, message: &str| {
        found.push(FieldViolation::new(field, code, message));
    };
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || ".-_".contains(c);
    if new.code.is_empty() || new.code.len() > 40 || !new.code.chars().all(fits) {
        let message = "项目编码用小写字母、数字和点，例如cremation.flat。";
        note("/code", "CODE_FORM", message);
    }
    if new.title.trim().is_empty() {
        note("/title", "REQUIRED", "请填写项目名称。");
    }
    if new.unit.trim().is_empty() {
        note("/unit", "REQUIRED", "请填写计价单位，例如次、小时、年。");
    }
    let top = new.fen_to.unwrap_or(new.fen);
    if new.fen < 0 || top > MOST_FEN {
        note("/fen", "OUT_OF_RANGE", "请核对价格。");
    }
    if top < new.fen {
        note("/fen_to", "OUT_OF_RANGE", "价格上限不能低于下限。");
    }
    if new.pricing == Pricing::Guided && new.document.trim().is_empty() {
        let message = "政府指导价要填写定价文件的文号。";
        note("/document", "DOCUMENT_REQUIRED", message);
    }
    if new.class == Class::Basic && new.pricing == Pricing::Market {
        let message = "殡仪、安葬的基础项目实行政府指导价，不能按市场调节价。";
        note("/pricing", "BASIC_IS_GUIDED", message);
    }
    let first = match last {
        Some(last) => today.max(last.valid_from),
        None => today.yesterday().unwrap_or(today),
    };
    if new.valid_from <= first {
        let message = "新价格从明天或者以后的日期起执行，不能改变已经执行的价格。";
        note("/valid_from", "PAST", message);
    }
    if new.valid_to.is_some_and(|end| end <= new.valid_from) {
        note("/valid_to", "OUT_OF_RANGE", "停止日期要晚于执行日期。");
    }
    found
}
