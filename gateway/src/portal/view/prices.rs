//! The public price list 价目, and what is waived 惠民减免.

use askama::Template;
use yiwang_proto::burial::v1 as pb;

use super::{
    Chrome, format,
    funeral::{each, yuan},
};

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
    /// What all rows stand on, said once; empty: it differs, and stands in each row.
    pub(crate) stands: String,
}

/// A price.
pub(crate) struct PriceRow {
    pub(crate) title: String,
    /// What it is, for who hears the word for the first time; empty for plain words.
    pub(crate) means: &'static str,
    /// 每次300元, 每个100元至3000元
    pub(crate) price: String,
    /// Who set it, where it stands, since when.
    pub(crate) stands: String,
}

const CLASSES: [(&str, &str, &str); 3] = [
    (
        "basic",
        "基本服务",
        "接运、存放、告别、火化、骨灰寄存。政府定价，不能多收；没有用的不收。",
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

/// Beginnings of codes in the order of the days, with what the word means.
const MEANS: [(&str, &str); 20] = [
    ("transport", ""),
    ("storage", "遗体放在冷藏柜里；不满一小时的按一小时算"),
    ("disinfection", ""),
    ("makeup", "给逝者梳洗、化妆"),
    (
        "farewell",
        "用告别厅才收；不用告别厅，火化前在馆内告别不收钱",
    ),
    ("cremation.flat", "普通炉，工作人员把骨灰收好交给您"),
    ("cremation.collect", "骨灰留在炉床上，家属可以自己收"),
    ("cremation.eco", "带烟气处理的炉"),
    ("cremation", ""),
    ("ashes", "骨灰先放在殡仪馆，以后再安葬"),
    ("niche", "骨灰放在骨灰堂的格子里"),
    ("plot", "骨灰葬在公墓的墓里"),
    ("wall", "骨灰放在墙上的格子里，算生态安葬"),
    ("tree", "骨灰葬在树下，算生态安葬"),
    ("flower", "骨灰葬在花坛里，算生态安葬"),
    ("lawn", "骨灰葬在草坪下，算生态安葬"),
    ("maintenance", "公墓平时的打扫、维修；一次最多交20年"),
    ("urn", "可以自己带，殡仪馆不能不让用"),
    ("wreath", "可以自己带"),
    ("", ""),
];

fn rank(code: &str) -> usize {
    let known = MEANS.iter().position(|(head, _)| code.starts_with(head));
    known.unwrap_or(MEANS.len())
}

/// The list by class, in the order of the days; classes with nothing are left out.
pub(crate) fn groups(prices: &[pb::Price]) -> Vec<Group> {
    let group = |(class, title, about): (&str, &'static str, &'static str)| {
        let mut of_class: Vec<_> = prices.iter().filter(|price| price.class == class).collect();
        of_class.sort_by_key(|price| rank(&price.code));
        let mut rows: Vec<_> = of_class.into_iter().map(PriceRow::of).collect();
        let first = rows.first()?.stands.clone();
        let same = rows.iter().all(|row| row.stands == first);
        if same {
            rows.iter_mut().for_each(|row| row.stands.clear());
        }
        Some(Group {
            title,
            about,
            rows,
            stands: if same { first } else { String::new() },
        })
    };
    CLASSES.into_iter().filter_map(group).collect()
}

impl PriceRow {
    fn of(price: &pb::Price) -> Self {
        let pricing = match price.pricing.as_str() {
            "guided" => "政府定价",
            _ => "单位自己定价",
        };
        let since = format!("{}起执行", format::iso_day(&price.valid_from));
        let stands = [pricing, &price.document, &since];
        let stands: Vec<&str> = stands.into_iter().filter(|text| !text.is_empty()).collect();
        Self {
            title: price.title.clone(),
            means: MEANS.get(rank(&price.code)).map_or("", |(_, means)| means),
            price: amount(price),
            stands: stands.join("，"),
        }
    }
}

/// 每次300元; 20年600元 where the unit counts itself.
pub(crate) fn amount(price: &pb::Price) -> String {
    let text = match price.fen_to {
        0 => yuan(price.fen),
        most => format!("{}至{}", yuan(price.fen), yuan(most)),
    };
    each(&price.unit, &text)
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
        assert_eq!(amount(&price("次", 0)), "每次300元");
        assert_eq!(amount(&price("20年", 0)), "20年300元");
        assert_eq!(amount(&price("月", 0)), "每个月300元");
        assert_eq!(amount(&price("个", 50_000)), "每个300元至500元");
    }

    #[test]
    fn the_order_is_that_of_the_days_and_what_is_the_same_is_said_once() {
        let price = |code: &str, document: &str| pb::Price {
            code: code.into(),
            title: code.into(),
            class: "basic".into(),
            pricing: "guided".into(),
            document: document.into(),
            valid_from: "2024-01-01".into(),
            ..Default::default()
        };
        let codes = ["cremation.flat", "unknown", "transport.township", "storage"];
        let same = groups(&codes.map(|code| price(code, "甲")));
        let titles: Vec<&str> = same[0].rows.iter().map(|row| row.title.as_str()).collect();
        let order = ["transport.township", "storage", "cremation.flat", "unknown"];
        assert_eq!(titles, order);
        assert_eq!(same[0].stands, "政府定价，甲，2024年1月1日起执行");
        let other = groups(&[price("storage", "甲"), price("transport", "乙")]);
        assert!(other[0].stands.is_empty() && other[0].rows[0].stands.contains('乙'));
    }
}
