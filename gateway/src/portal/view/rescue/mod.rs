//! Rescue: pages for everybody; those of the stations stand beside.

pub(crate) mod calls;
pub(crate) mod campaigns;
pub(crate) mod encounters;
pub(crate) mod leaving;
pub(crate) mod mine;
pub(crate) mod patrols;
pub(crate) mod register;
pub(crate) mod reports;
pub(crate) mod search;
pub(crate) mod station;
pub(crate) mod street;

use askama::Template;
use yiwang_proto::rescue::v1 as pb;

use super::{Chrome, Trouble, chrome::query, format::iso_day};

/// Sexes by code.
pub(crate) const SEXES: [(&str, &str); 2] = [("male", "男"), ("female", "女")];

/// Who needs help sooner, by code.
pub(crate) const GROUPS: [(&str, &str); 4] = [
    ("minor", "未成年人"),
    ("elder", "老年人"),
    ("disabled", "残疾人"),
    ("hard_to_move", "行动不便的人"),
];

/// How to get help, with the stations.
#[derive(Template)]
#[template(path = "rescue/home.html")]
pub(crate) struct RescuePage {
    pub(crate) chrome: Chrome,
    pub(crate) place: String,
    pub(crate) told: String,
    pub(crate) stations: Vec<pb::Station>,
}

/// What the board is narrowed to.
#[derive(Debug, Clone, Default)]
pub(crate) struct Filter {
    pub(crate) place: String,
    pub(crate) sex: String,
    /// 0: no limit.
    pub(crate) age_from: i32,
    pub(crate) age_to: i32,
    pub(crate) words: String,
}

impl Filter {
    /// The page of the board that begins at `cursor`.
    pub(crate) fn link(&self, cursor: &str) -> String {
        query(
            "/rescue/notices",
            &[
                ("place", &self.place),
                ("sex", &self.sex),
                ("age_from", &age(self.age_from)),
                ("age_to", &age(self.age_to)),
                ("words", &self.words),
                ("cursor", cursor),
            ],
        )
    }

    fn from(&self) -> String {
        age(self.age_from)
    }

    fn to(&self) -> String {
        age(self.age_to)
    }

    fn is_open(&self) -> bool {
        self.link("") == "/rescue/notices"
    }
}

/// An age in a box; empty without a limit.
fn age(age: i32) -> String {
    match age {
        0 => String::new(),
        age => age.to_string(),
    }
}

/// The board of search notices.
#[derive(Template)]
#[template(path = "rescue/notices.html")]
pub(crate) struct NoticesPage {
    pub(crate) chrome: Chrome,
    pub(crate) told: String,
    pub(crate) filter: Filter,
    pub(crate) notices: Vec<pb::Notice>,
    pub(crate) next: String,
}

/// One notice.
#[derive(Template)]
#[template(path = "rescue/notice.html")]
pub(crate) struct NoticePage {
    pub(crate) chrome: Chrome,
    /// Where a family reports.
    pub(crate) report: String,
    /// County in full.
    pub(crate) place: String,
    pub(crate) notice: pb::Notice,
}

/// What a passer-by has typed.
#[derive(Debug, Clone, Default)]
pub(crate) struct Word {
    pub(crate) county: String,
    pub(crate) place: String,
    pub(crate) said: String,
    pub(crate) sex: String,
    pub(crate) looks_age: String,
    pub(crate) groups: Vec<String>,
    pub(crate) phone: String,
}

impl Word {
    /// Whether the form has this box.
    pub(crate) fn has(field: &str) -> bool {
        ["county", "place", "said", "sex", "looks_age", "phone"].contains(&field)
    }

    fn of(&self, group: &str) -> bool {
        self.groups.iter().any(|one| one == group)
    }
}

/// The form for somebody who needs help.
#[derive(Template)]
#[template(path = "rescue/tell.html")]
pub(crate) struct TellPage {
    pub(crate) chrome: Chrome,
    pub(crate) problems: Vec<Trouble>,
    pub(crate) csrf: String,
    pub(crate) key: String,
    pub(crate) word: Word,
}

/// What to do now.
#[derive(Template)]
#[template(path = "rescue/told.html")]
pub(crate) struct ToldPage {
    pub(crate) chrome: Chrome,
    pub(crate) told: pb::TellOfSomebodyResponse,
}

/// 男 or 女.
fn sex(code: &str) -> &'static str {
    let found = SEXES.iter().find(|(known, _)| *known == code);
    found.map_or("", |(_, name)| name)
}

/// 男，约60至70岁.
fn looks(notice: &pb::Notice) -> String {
    let (from, to) = (notice.age_from, notice.age_to);
    let age = match (from, to) {
        (0, 0) => String::new(),
        (from, to) if from == to => format!("约{from}岁"),
        (0, to) => format!("不超过{to}岁"),
        (from, 0) => format!("{from}岁以上"),
        (from, to) => format!("约{from}至{to}岁"),
    };
    let told = [sex(&notice.sex), age.as_str()];
    let told: Vec<_> = told.into_iter().filter(|part| !part.is_empty()).collect();
    told.join("，")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_are_told_as_far_as_they_are_known() {
        let notice = |sex: &str, age_from, age_to| pb::Notice {
            sex: sex.into(),
            age_from,
            age_to,
            ..Default::default()
        };
        assert_eq!(looks(&notice("male", 60, 70)), "男，约60至70岁");
        assert_eq!(looks(&notice("female", 0, 0)), "女");
        assert_eq!(looks(&notice("", 0, 0)), "");
    }

    #[test]
    fn the_next_page_keeps_the_filter() {
        let filter = Filter {
            sex: "male".into(),
            age_from: 60,
            ..Filter::default()
        };
        assert_eq!(
            filter.link("c"),
            "/rescue/notices?sex=male&age_from=60&cursor=c"
        );
        assert!(!filter.is_open() && Filter::default().is_open());
    }
}
