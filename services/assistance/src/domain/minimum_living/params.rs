//! The parameters one decision uses, read once for a place and a day, with
//! their versions, so that the decision can be computed again (rules A5.12).

use std::collections::BTreeMap;

use jiff::civil::Date;
use yiwang_civic::{
    calendar::WorkCalendar,
    money::{Fen, Ratio, Rounding},
    params::{Param, ParamError, RuleBook},
    time,
};

use super::codes::{Category, Scale, UncountedKind, Vehicle};

/// Everything an assessment depends on besides the family.
#[derive(Debug, Clone)]
pub struct Params {
    /// Standard per head and month.
    pub standard: Fen,
    /// Edge family: below this multiple of the standard.
    pub edge_ratio: Ratio,
    /// Length of the income period before the application, months.
    pub income_months: u32,
    /// Months of the period in which a kind of money counts as income; absent: none.
    pub counted_months: BTreeMap<UncountedKind, u32>,
    /// Costs of illness and disability are deducted from income.
    pub deduct_rigid_costs: bool,
    /// Property limits.
    pub property: PropertyLimits,
    /// How amounts are made.
    pub amounts: AmountRules,
    /// Versions of all of the above.
    pub versions: Vec<String>,
}

/// Limits of property (local; not-verified.md 4).
#[derive(Debug, Clone)]
pub struct PropertyLimits {
    /// Financial assets per head, in months of the standard.
    pub financial_multiple: i64,
    /// Dwellings per family.
    pub dwellings: u32,
    /// Vehicles that do not count.
    pub exempt_vehicles: Vec<Vehicle>,
    /// A small shop without employees does not count, on review.
    pub small_shop_exempt: bool,
}

/// How the monthly amount is made.
#[derive(Debug, Clone)]
pub struct AmountRules {
    /// Fixed amounts per head by tier 分档定额; empty: the difference 补差 is paid.
    pub tiers: BTreeMap<String, Fen>,
    /// Supplement per category as a part of the standard 分类施保.
    pub supplements: BTreeMap<Category, Ratio>,
    /// One, the highest, supplement per person; otherwise all add up.
    pub one_supplement: bool,
    /// Age from which a person is elderly.
    pub elderly_age: u32,
    /// Multiple to which amounts are rounded.
    pub unit: Fen,
    /// Direction of rounding.
    pub rounding: Rounding,
}

impl Params {
    /// Reads the parameters in force in `division` on `day`.
    ///
    /// # Errors
    /// One is missing or of the wrong type.
    pub fn load(
        rules: &RuleBook,
        division: &str,
        day: Date,
        scale: Scale,
    ) -> Result<Self, ParamError> {
        let mut book = Reader {
            rules,
            division,
            day,
            versions: Vec::new(),
        };
        let standard = match scale {
            Scale::Rural => book.read("standard.rural")?.fen()?,
            Scale::Urban => book.read("standard.urban")?.fen()?,
        };
        let income_months = book.read("income_months")?.count()?.clamp(1, 60);
        Ok(Self {
            standard,
            edge_ratio: book.read("edge_ratio")?.ratio()?,
            income_months,
            counted_months: counted_months(&mut book, period_before(day, income_months))?,
            deduct_rigid_costs: book.read("deduct_rigid_costs")?.flag()?,
            property: book.property()?,
            amounts: book.amounts()?,
            versions: book.versions,
        })
    }
}

struct Reader<'a> {
    rules: &'a RuleBook,
    division: &'a str,
    day: Date,
    versions: Vec<String>,
}

impl<'a> Reader<'a> {
    fn read(&mut self, name: &str) -> Result<&'a Param, ParamError> {
        self.read_on(name, self.day)
    }

    fn read_on(&mut self, name: &str, day: Date) -> Result<&'a Param, ParamError> {
        let id = format!("minimum_living.{name}");
        let param = self.rules.lookup(&id, self.division, day)?;
        let version = param.version();
        if !self.versions.contains(&version) {
            self.versions.push(version);
        }
        Ok(param)
    }

    fn property(&mut self) -> Result<PropertyLimits, ParamError> {
        let exempt = self.read("property.exempt_vehicles")?.list()?;
        let codes = exempt.iter().filter_map(|value| value.text());
        Ok(PropertyLimits {
            financial_multiple: self.read("property.financial_multiple")?.int()?,
            dwellings: self.read("property.dwellings")?.count()?,
            exempt_vehicles: codes.filter_map(Vehicle::from_code).collect(),
            small_shop_exempt: self.read("property.small_shop_exempt")?.flag()?,
        })
    }

    fn amounts(&mut self) -> Result<AmountRules, ParamError> {
        let method = self.read("amount.method")?.text()?;
        let tiers = self.read("amount.tiers")?.table()?;
        let tiers = tiers
            .iter()
            .filter_map(|(tier, value)| Some((tier.clone(), value.fen()?)));
        let supplements = self.read("supplement.ratios")?.table()?;
        let supplements = supplements
            .iter()
            .filter_map(|(code, value)| Some((Category::from_code(code)?, value.ratio()?)));
        Ok(AmountRules {
            tiers: if method == "tiers" {
                tiers.collect()
            } else {
                BTreeMap::new()
            },
            supplements: supplements.collect(),
            one_supplement: self.read("supplement.one_per_person")?.flag()?,
            elderly_age: self.read("supplement.elderly_age")?.count()?,
            unit: self.read("amount.unit")?.fen()?,
            rounding: match self.read("amount.rounding")?.text()? {
                "down" => Rounding::Down,
                "half_up" => Rounding::HalfUp,
                _ => Rounding::Up,
            },
        })
    }
}

/// First days of the `months` months before the month of `day`.
fn period_before(day: Date, months: u32) -> Vec<Date> {
    let mut first = day.first_of_month();
    let mut period = Vec::new();
    for _ in 0..months {
        let Ok(before) = first.yesterday() else { break };
        first = before.first_of_month();
        period.push(first);
    }
    period
}

/// For each kind, the months of the period in which the list of uncounted
/// money of that month does not name it.
fn counted_months(
    book: &mut Reader<'_>,
    period: Vec<Date>,
) -> Result<BTreeMap<UncountedKind, u32>, ParamError> {
    let mut counted = BTreeMap::new();
    for month in period {
        let uncounted = book.read_on("uncounted_income", month)?.list()?;
        for kind in UncountedKind::ALL {
            if !uncounted
                .iter()
                .any(|value| value.text() == Some(kind.code()))
            {
                *counted.entry(*kind).or_insert(0) += 1;
            }
        }
    }
    Ok(counted)
}

/// Working days from `day`, not counting it, to `last` (for the promised limit).
#[must_use]
pub fn working_days_left(calendar: &WorkCalendar, now: jiff::Timestamp, last: Date) -> u32 {
    calendar.working_days_between(time::beijing_date(now), last)
}
