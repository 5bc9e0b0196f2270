//! The public price list 价目, and what is waived 惠民减免.

use askama::Template;
use yiwang_civic::money::Fen;
use yiwang_proto::burial::v1 as pb;

use super::{Chrome, format};

/// The list of a county.
#[derive(Template)]
#[template(path = "prices.html")]
pub(crate) struct PriceList {
    pub(crate) chrome: Chrome,
    pub(crate) place: String,
    pub(crate) told: String,
    pub(crate) groups: Vec<Group>,
    pub(crate) waived: Option<Waived>,
}

/// The prices of a class.
pub(crate) struct Group {
    pub(crate) title: &'static str,
    pub(crate) about: &'static str,
    pub(crate) rows: Vec<PriceRow>,
}

/// A price.
pub(crate) struct PriceRow {
    pub(crate) title: String,
    /// 300.00元一次, 100.00元至3000.00元一个
    pub(crate) price: String,
    /// Set by the government, or by the home within a range.
    pub(crate) pricing: &'static str,
    pub(crate) document: String,
    pub(crate) since: String,
}

const CLASSES: [(&str, &str, &str); 3] = [
    (
        "basic",
        "基本服务",
        "接运、存放、告别、火化、骨灰寄存。政府定价，不能多收。",
    ),
    (
        "place",
        "墓位、格位和生态安葬",
        "使用费和维护管理费。公益性的由政府定价。",
    ),
    (
        "other",
        "其他服务和用品",
        "要不要由您自己定，不能捆绑，也可以自己带骨灰盒、花圈。",
    ),
];

/// The list by class; classes with nothing are left out.
pub(crate) fn groups(prices: &[pb::Price]) -> Vec<Group> {
    let group = |(class, title, about): (&str, &'static str, &'static str)| {
        let rows = prices.iter().filter(|price| price.class == class);
        let rows: Vec<_> = rows.map(PriceRow::of).collect();
        (!rows.is_empty()).then_some(Group { title, about, rows })
    };
    CLASSES.into_iter().filter_map(group).collect()
}

impl PriceRow {
    fn of(price: &pb::Price) -> Self {
        Self {
            title: price.title.clone(),
            price: amount(price),
            pricing: match price.pricing.as_str() {
                "guided" => "政府定价",
                _ => "市场调节",
            },
            document: price.document.clone(),
            since: format::iso_day(&price.valid_from),
        }
    }
}

/// 300.00元一次; 每20年 where the unit counts itself.
pub(crate) fn amount(price: &pb::Price) -> String {
    let counts = price.unit.starts_with(|c: char| c.is_ascii_digit());
    let unit = match counts {
        true => format!("（{}）", price.unit),
        false => format!("一{}", price.unit),
    };
    match price.fen_to {
        0 => format!("{}元{unit}", Fen(price.fen)),
        most => format!("{}元至{}元{unit}", Fen(price.fen), Fen(most)),
    }
}

/// What a county waives and pays.
pub(crate) struct Waived {
    pub(crate) for_whom: String,
    pub(crate) items: Vec<String>,
    pub(crate) total: String,
    pub(crate) subsidies: Vec<String>,
    pub(crate) source: String,
    /// Read by somebody in the document itself.
    pub(crate) verified: bool,
}

impl Waived {
    /// In words; none where nothing is waived or paid.
    pub(crate) fn of(list: pb::WaiverList) -> Option<Self> {
        if list.items.is_empty() && list.subsidies.is_empty() {
            return None;
        }
        let text = |item: pb::WaiverItem| item.text;
        Some(Self {
            for_whom: list.for_whom,
            items: list.items.into_iter().map(text).collect(),
            total: list.total,
            subsidies: list.subsidies.into_iter().map(text).collect(),
            source: list.source,
            verified: list.verified,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_that_counts_stands_by_itself() {
        let price = |unit: &str, fen_to| pb::Price {
            unit: unit.into(),
            fen: 30_000,
            fen_to,
            ..Default::default()
        };
        assert_eq!(amount(&price("次", 0)), "300.00元一次");
        assert_eq!(amount(&price("20年", 0)), "300.00元（20年）");
        assert_eq!(amount(&price("个", 50_000)), "300.00元至500.00元一个");
    }
}
