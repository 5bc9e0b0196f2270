//! Choosing a time of the home's halls and furnaces.

use askama::Template;
use jiff::civil::{Date, DateTime};
use yiwang_proto::{burial::v1 as pb, casework::v1::Case};

use super::bill::{each, yuan};
use crate::portal::view::{Chrome, Trouble, chrome::query, format};

/// What a time is chosen for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// 告别厅.
    Hall,
    /// 火化炉.
    Furnace,
}

impl Kind {
    /// Both, in the order of the days.
    pub(crate) const ALL: [Self; 2] = [Self::Hall, Self::Furnace];

    pub(crate) fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Hall => "hall",
            Self::Furnace => "furnace",
        }
    }

    /// The act of the case.
    pub(crate) fn action(self) -> &'static str {
        match self {
            Self::Hall => "choose_farewell",
            Self::Furnace => "choose_time",
        }
    }

    pub(crate) fn question(self) -> &'static str {
        match self {
            Self::Hall => "什么时候告别？",
            Self::Furnace => "什么时候火化？",
        }
    }

    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::Hall => "预约告别厅",
            Self::Furnace => "选定火化时间",
        }
    }

    pub(crate) fn hint(self) -> &'static str {
        match self {
            Self::Hall => {
                "想用告别厅的，选一个厅和时间；不用告别厅的，可以火化前在馆内告别，不收费。"
            }
            Self::Furnace => "选好以后还可以改。火化要在告别之后。",
        }
    }

    /// What it is in the price list.
    fn price(self) -> &'static str {
        match self {
            Self::Hall => "farewell",
            Self::Furnace => "cremation",
        }
    }

    fn class(code: &str) -> &'static str {
        match code {
            "small" => "小厅",
            "middle" => "中厅",
            "large" => "大厅",
            "flat" => "平板炉",
            "collect" => "捡灰炉",
            "eco" => "环保炉",
            _ => "",
        }
    }

    /// Whether the family may choose now.
    pub(crate) fn offered(self, case: &Case) -> bool {
        case.actions.iter().any(|spec| spec.code == self.action())
    }

    /// The page to choose on.
    pub(crate) fn href(self, number: &str, day: Option<Date>) -> String {
        let day = day.map(|day| day.to_string()).unwrap_or_default();
        let path = format!("/funeral/{number}/times");
        query(&path, &[("kind", self.code()), ("day", &day)])
    }
}

/// The free times of a day.
#[derive(Template)]
#[template(path = "funeral/times.html")]
pub(crate) struct Times {
    pub(crate) chrome: Chrome,
    pub(crate) problems: Vec<Trouble>,
    pub(crate) csrf: String,
    pub(crate) key: String,
    pub(crate) number: String,
    pub(crate) version: i64,
    pub(crate) kind: Kind,
    /// The case is at a step where the family chooses.
    pub(crate) offered: bool,
    pub(crate) days: Vec<DayTab>,
    pub(crate) day: Date,
    pub(crate) turns: Vec<Turns>,
    pub(crate) phone: String,
}

impl Times {
    fn day_words(&self) -> String {
        format!("{} {}", format::day(self.day), format::weekday(self.day))
    }
}

/// A day to look at.
pub(crate) struct DayTab {
    pub(crate) label: String,
    pub(crate) href: String,
    pub(crate) current: bool,
}

impl DayTab {
    pub(crate) fn of(day: Date, current: Date, kind: Kind, number: &str) -> Self {
        Self {
            label: format!("{}{}", format::short_day(day), format::weekday(day)),
            href: kind.href(number, Some(day)),
            current: day == current,
        }
    }
}

/// What is free of one hall or furnace.
pub(crate) struct Turns {
    /// 松鹤厅（小厅）
    pub(crate) label: String,
    /// 300.00元一次; empty when the list has none.
    pub(crate) price: String,
    pub(crate) times: Vec<Turn>,
}

/// A time to press.
pub(crate) struct Turn {
    /// 2026-05-20T09:00|id
    pub(crate) choice: String,
    /// 9:00至10:00
    pub(crate) words: String,
}

impl Turns {
    /// The free times by hall or furnace, in the order they came in.
    pub(crate) fn all(free: &[pb::FreeTime], prices: &[pb::Price], kind: Kind) -> Vec<Self> {
        let mut all: Vec<(&str, Self)> = Vec::new();
        for one in free {
            let Some(turn) = Turn::of(one) else { continue };
            match all
                .iter_mut()
                .find(|(resource, _)| *resource == one.resource)
            {
                Some((_, turns)) => turns.times.push(turn),
                None => all.push((
                    &one.resource,
                    Self {
                        label: label(one),
                        price: price(one, prices, kind),
                        times: vec![turn],
                    },
                )),
            }
        }
        all.into_iter().map(|(_, turns)| turns).collect()
    }
}

fn label(one: &pb::FreeTime) -> String {
    match Kind::class(&one.class) {
        class if class.is_empty() || one.label.contains(class) => one.label.clone(),
        class => format!("{}（{class}）", one.label),
    }
}

fn price(one: &pb::FreeTime, prices: &[pb::Price], kind: Kind) -> String {
    let code = format!("{}.{}", kind.price(), one.class);
    let found = prices.iter().find(|price| price.code == code);
    found.map_or_else(String::new, |price| each(&price.unit, &yuan(price.fen)))
}

impl Turn {
    fn of(one: &pb::FreeTime) -> Option<Self> {
        let (from, to): (DateTime, DateTime) =
            (one.starts_at.parse().ok()?, one.ends_at.parse().ok()?);
        let clock = |at: DateTime| format!("{}:{:02}", at.hour(), at.minute());
        Some(Self {
            choice: format!("{}|{}", one.starts_at, one.resource),
            words: format!("{}至{}", clock(from), clock(to)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_stand_under_their_hall_with_its_price() {
        let time = |resource: &str, class: &str, starts_at: &str| pb::FreeTime {
            resource: resource.into(),
            label: "松鹤厅".into(),
            class: class.into(),
            starts_at: starts_at.into(),
            ends_at: "2026-05-20T10:00".into(),
        };
        let free = [
            time("a", "small", "2026-05-20T08:00"),
            time("b", "large", "2026-05-20T08:30"),
            time("a", "small", "2026-05-20T09:00"),
        ];
        let price = pb::Price {
            code: "farewell.small".into(),
            unit: "次".into(),
            fen: 30_000,
            ..Default::default()
        };
        let turns = Turns::all(&free, &[price], Kind::Hall);
        assert_eq!(turns.len(), 2);
        assert_eq!(
            (turns[0].label.as_str(), turns[0].times.len()),
            ("松鹤厅（小厅）", 2)
        );
        assert_eq!(turns[0].price, "每次300元");
        assert_eq!(turns[1].price, "");
        assert_eq!(turns[0].times[1].choice, "2026-05-20T09:00|a");
        assert_eq!(turns[0].times[1].words, "9:00至10:00");
    }
}
