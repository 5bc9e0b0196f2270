//! Files of children: the list, one with its picture and visits, and the visits that are late.

use askama::Template;
use yiwang_proto::child::v1 as pb;

use super::{
    Place,
    day::{CHECKS, MARKS, PLACES, said},
    local, word,
};
use crate::portal::view::{
    Chrome,
    burial_office::Tab,
    child::network::{Edge, Mark, Network, Node},
    chrome::query,
    facts::SectionView,
    format::iso_day,
};

/// Kinds of files by code.
pub(crate) const KINDS: [(&str, &str); 3] = [
    ("hardship", "困境儿童"),
    ("left_behind", "留守儿童"),
    ("migrant", "流动儿童"),
];

/// Risk levels by code.
pub(crate) const LEVELS: [(&str, &str); 3] =
    [("high", "高风险"), ("middle", "中风险"), ("low", "低风险")];

/// What else the list is narrowed to.
pub(crate) const ONLY: [(&str, &str); 3] = [
    ("overdue", "走访超期的"),
    ("ownerless", "没有儿童主任的"),
    ("ended", "已经结束的"),
];

/// What the list is narrowed to.
#[derive(Debug, Clone, Default)]
pub(crate) struct Filter {
    pub(crate) division: String,
    pub(crate) kind: String,
    pub(crate) level: String,
    pub(crate) only: String,
}

impl Filter {
    /// Whether a list box has this code.
    pub(crate) fn known(list: &[(&str, &str)], code: &str) -> String {
        let known = list.iter().any(|(known, _)| *known == code);
        if known {
            code.to_owned()
        } else {
            String::new()
        }
    }

    /// The page that begins at `cursor`.
    pub(crate) fn link(&self, cursor: &str) -> String {
        query(
            "/child/files",
            &[
                ("division", &self.division),
                ("kind", &self.kind),
                ("level", &self.level),
                ("only", &self.only),
                ("cursor", cursor),
            ],
        )
    }

    fn is_open(&self) -> bool {
        self.kind.is_empty() && self.level.is_empty() && self.only.is_empty()
    }
}

/// A page of files.
#[derive(Template)]
#[template(path = "child/files.html")]
pub(crate) struct FilesPage {
    pub(crate) chrome: Chrome,
    pub(crate) tabs: Vec<Tab>,
    pub(crate) places: Vec<Place>,
    pub(crate) filter: Filter,
    pub(crate) files: Vec<pb::FileLine>,
    pub(crate) total: i64,
    pub(crate) next: String,
}

/// One file.
#[derive(Template)]
#[template(path = "child/file.html")]
pub(crate) struct FilePage {
    pub(crate) chrome: Chrome,
    pub(crate) tabs: Vec<Tab>,
    pub(crate) csrf: String,
    pub(crate) number: String,
    pub(crate) state: String,
    pub(crate) explanation: String,
    /// The reader visits.
    pub(crate) visits_now: bool,
    /// Items that can be applied for from here: code and words.
    pub(crate) applies: Vec<(&'static str, &'static str)>,
    pub(crate) network: Network,
    pub(crate) visits: Vec<pb::Visit>,
    pub(crate) sections: Vec<SectionView>,
}

/// Visits that are late.
#[derive(Template)]
#[template(path = "child/overdue.html")]
pub(crate) struct OverduePage {
    pub(crate) chrome: Chrome,
    pub(crate) tabs: Vec<Tab>,
    pub(crate) places: Vec<Place>,
    pub(crate) division: String,
    pub(crate) visits: Vec<pb::OverdueVisit>,
}

impl OverduePage {
    fn at_county(&self) -> usize {
        let county = self.visits.iter().filter(|one| one.alarm == "county");
        county.count()
    }
}

/// The picture of a file.
pub(crate) fn network(found: pb::Network) -> Network {
    let node = |one: pb::FileNode| Node {
        mark: match one.tone.as_str() {
            "watch" => Mark::Watch,
            "bad" => Mark::Bad,
            _ => Mark::Fine,
        },
        href: match one.case_number.as_str() {
            "" => String::new(),
            number => format!("/cases/{number}"),
        },
        id: one.id,
        label: one.label,
        note: one.note,
    };
    let edge = |one: pb::FileEdge| Edge {
        from: one.from,
        to: one.to,
        words: one.words,
        harm: false,
    };
    Network {
        nodes: found.nodes.into_iter().map(node).collect(),
        edges: found.edges.into_iter().map(edge).collect(),
    }
}

/// 9岁; nothing when it is not known.
fn age(age: i32) -> String {
    match age {
        ..0 => String::new(),
        age => format!("{age}岁"),
    }
}

/// What a visit found in the six checks, those that are not fine.
fn open_checks(visit: &pb::Visit) -> Vec<String> {
    let fields = visit.fields.clone().unwrap_or_default();
    let found = [
        fields.guardianship,
        fields.life,
        fields.schooling,
        fields.health,
        fields.mind,
        fields.safety,
    ];
    let named = CHECKS.iter().zip(&found);
    let open = named.filter(|(_, mark)| !matches!(mark.as_str(), "" | "fine"));
    open.map(|((_, name, _), mark)| format!("{name}{}", word(&MARKS, mark)))
        .collect()
}

/// Where it was and whom it saw.
fn met(visit: &pb::Visit) -> String {
    let Some(fields) = &visit.fields else {
        return String::new();
    };
    let alone = match fields.seen_alone.as_str() {
        "yes" => "单独谈过",
        "no" => "没有单独谈",
        _ => "",
    };
    let told = [word(&PLACES, &fields.place), &fields.persons, alone];
    let told: Vec<_> = told.into_iter().filter(|part| !part.is_empty()).collect();
    told.join("，")
}

/// Findings, the child's words, what was arranged: title and text.
fn words(visit: &pb::Visit) -> Vec<(&'static str, String)> {
    let fields = visit.fields.clone().unwrap_or_default();
    let said = [
        ("情况", fields.findings),
        ("孩子说", fields.said),
        ("怎么安排的", fields.help),
    ];
    said.into_iter()
        .filter(|(_, text)| !text.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_page_keeps_the_filter() {
        let filter = Filter {
            division: "421202".into(),
            level: Filter::known(&LEVELS, "high"),
            only: Filter::known(&ONLY, "everything"),
            ..Filter::default()
        };
        assert_eq!(
            filter.link("c"),
            "/child/files?division=421202&level=high&cursor=c"
        );
        assert!(!filter.is_open());
    }

    #[test]
    fn a_visit_says_what_is_open() {
        let visit = pb::Visit {
            fields: Some(pb::VisitFields {
                place: "home".into(),
                persons: "奶奶".into(),
                seen_alone: "no".into(),
                life: "fine".into(),
                mind: "watch".into(),
                ..Default::default()
            }),
            ..Default::default()
        };
        assert_eq!(open_checks(&visit), ["心理要留意"]);
        assert_eq!(met(&visit), "家里，奶奶，没有单独谈");
    }
}
