//! Services used become a bill: every line from the list, and charged + waived + subsidised is
//! the line (rules B5.4); of what was paid ahead, the unused goes back. Pure, in fen, rounded
//! down in favour of the family when charged.

use jiff::{Unit, civil::Date};
use yiwang_casework::Refusal;
use yiwang_civic::money::{Fen, Ratio};

use super::{
    benefit::{Allowances, Waiver},
    desk::at_field,
    price::{self, Price},
};

/// A quantity in hundredths of the unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quantity(pub i64);

impl Quantity {
    /// So many whole units.
    #[must_use]
    pub fn units(count: u32) -> Self {
        Self(i64::from(count) * 100)
    }

    /// What so much costs at this price of a unit; none when it cannot be counted.
    #[must_use]
    pub fn at(self, unit_fen: i64) -> Option<i64> {
        let fen = i128::from(self.0) * i128::from(unit_fen) / 100;
        i64::try_from(fen).ok()
    }
}

/// A service that was used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    /// Code of the list.
    pub code: String,
    /// How much.
    pub quantity: Quantity,
    /// Agreed price of a unit, within the range of the list; none: the list's.
    pub unit_fen: Option<i64>,
}

/// A line of a bill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Code of the list.
    pub code: String,
    /// Name.
    pub title: String,
    /// Unit.
    pub unit: String,
    /// Which version of the list: where.
    pub division: String,
    /// Which version of the list: from when.
    pub valid_from: Date,
    /// How much.
    pub quantity: Quantity,
    /// What a unit costs.
    pub unit_fen: i64,
    /// What it costs.
    pub fen: i64,
    /// Of it, the family pays.
    pub charged: i64,
    /// Of it, 惠民 pays.
    pub waived: i64,
    /// Of it, a subsidy pays.
    pub subsidised: i64,
}

/// A bill.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bill {
    /// Lines.
    pub lines: Vec<Line>,
}

impl Bill {
    fn sum(&self, of: impl Fn(&Line) -> i64) -> i64 {
        self.lines.iter().map(of).fold(0, i64::saturating_add)
    }

    /// All lines.
    #[must_use]
    pub fn total(&self) -> i64 {
        self.sum(|line| line.fen)
    }

    /// The family pays.
    #[must_use]
    pub fn charged(&self) -> i64 {
        self.sum(|line| line.charged)
    }

    /// 惠民 pays.
    #[must_use]
    pub fn waived(&self) -> i64 {
        self.sum(|line| line.waived)
    }

    /// A subsidy pays.
    #[must_use]
    pub fn subsidised(&self) -> i64 {
        self.sum(|line| line.subsidised)
    }
}

/// Most money on one bill: ten million yuan. Sums of what passes never overflow.
const MOST_FEN: i64 = 1_000_000_000;

/// Draws up a bill by the list of that day. A waiver covers no more than what was used: what
/// is left of it is not paid out. `subsidy` is what a subsidy pays of the rest, at most.
///
/// # Errors
/// `NOT_ON_LIST`, `PRICE_EXPIRED`, `PRICE_NOT_FIXED`, `PRICE_OUTSIDE_RANGE`, `QUANTITY`.
pub fn draw_up(
    services: &[Service],
    prices: &[Price],
    waivers: &[Waiver],
    total_cap: Option<i64>,
    subsidy: Option<i64>,
    on: Date,
) -> Result<Bill, Refusal> {
    let mut allowances = Allowances::new(waivers, total_cap);
    let mut subsidy = subsidy.unwrap_or_default().max(0);
    let mut bill = Bill::default();
    let mut total = 0_i64;
    for service in services {
        let price = listed(service, prices, on)?;
        let unit_fen = fixed(service, price)?;
        let wrong = || {
            let message = format!("“{}”的数量不对，请核对。", price.title);
            at_field("QUANTITY", "/extra", message)
        };
        let positive = service.quantity.0 > 0;
        let fen = service
            .quantity
            .at(unit_fen)
            .filter(|_| positive)
            .ok_or_else(wrong)?;
        total = total.saturating_add(fen);
        if total > MOST_FEN {
            return Err(wrong());
        }
        let waived = allowances.take(&service.code, service.quantity, fen);
        let subsidised = subsidy.min(fen - waived);
        subsidy -= subsidised;
        bill.lines.push(Line {
            code: price.code.clone(),
            title: price.title.clone(),
            unit: price.unit.clone(),
            division: price.division.clone(),
            valid_from: price.valid_from,
            quantity: service.quantity,
            unit_fen,
            fen,
            charged: fen - waived - subsidised,
            waived,
            subsidised,
        });
    }
    Ok(bill)
}

/// A price given as a range is fixed at the desk, within it.
fn fixed(service: &Service, price: &Price) -> Result<i64, Refusal> {
    let title = &price.title;
    let unit_fen = match (service.unit_fen, price.fen_to) {
        (Some(agreed), _) => agreed,
        (None, None) => price.fen,
        (None, Some(most)) => {
            let message = format!(
                "“{title}”的价格是{}元至{}元，请填写与家属商定的单价。",
                Fen(price.fen),
                Fen(most)
            );
            return Err(at_field("PRICE_NOT_FIXED", "/extra", message));
        }
    };
    if !price.allows(unit_fen) {
        let message = match price.fen_to {
            None => format!("“{title}”的价格是{}元，不能改。", Fen(price.fen)),
            Some(most) => format!(
                "“{title}”的价格只能在{}元至{}元之间，请核对。",
                Fen(price.fen),
                Fen(most)
            ),
        };
        return Err(at_field("PRICE_OUTSIDE_RANGE", "/extra", message));
    }
    Ok(unit_fen)
}

/// No item, no fee outside the list (国令824号).
fn listed<'a>(service: &Service, prices: &'a [Price], on: Date) -> Result<&'a Price, Refusal> {
    if let Some(price) = price::find(prices, &service.code, on) {
        return Ok(price);
    }
    let code = &service.code;
    match prices.iter().find(|price| price.code == *code) {
        Some(price) => {
            let message = format!(
                "“{}”当日没有有效的价格，不能收费，请核对价目清单。",
                price.title
            );
            Err(at_field("PRICE_EXPIRED", "/extra", message))
        }
        None => {
            let message = format!("“{code}”不在公布的价目清单里，不能收费。");
            Err(at_field("NOT_ON_LIST", "/extra", message))
        }
    }
}

/// What the family paid ahead for a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Prepaid {
    /// Fen the family paid.
    pub fen: i64,
    /// First day.
    pub from: Date,
    /// Last day; none: for a place without a period.
    pub until: Option<Date>,
}

/// What goes back when nothing of it was used: this share of the whole years that are left, a
/// year begun counts as used; all of it where there is no period.
#[must_use]
pub fn unused(prepaid: &[Prepaid], on: Date, share: Ratio) -> Fen {
    let parts = prepaid.iter().map(|one| match one.until {
        None => one.fen.max(0),
        Some(until) => {
            let all = whole_years(one.from, until);
            let left = whole_years(on.max(one.from), until);
            one.fen.max(0).saturating_mul(left) / all.max(1)
        }
    });
    let sum = Fen(parts.fold(0, i64::saturating_add));
    sum.times(share).unwrap_or(Fen::ZERO)
}

/// Whole years from a day to a last day.
fn whole_years(from: Date, until: Date) -> i64 {
    let end = until.tomorrow().unwrap_or(until);
    let span = from.until((Unit::Year, end));
    span.map_or(0, |span| i64::from(span.get_years()).max(0))
}
