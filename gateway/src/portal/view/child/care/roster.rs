//! Directors and supervisors, places, coverage.

use askama::Template;
use yiwang_proto::child::v1 as pb;

use super::{Place, word};
use crate::portal::view::{Chrome, burial_office::Tab, chrome::query, format::iso_day};

/// Roles of the roster by code.
pub(crate) const ROLES: [(&str, &str); 2] =
    [("director", "儿童主任"), ("supervisor", "儿童督导员")];

/// What the look at a record may say.
pub(crate) const RECORDS: [(&str, &str); 2] = [
    ("clean", "没有不适合的记录"),
    ("barred", "有性侵害、虐待、拐卖、暴力伤害等记录，不能任职"),
];

/// Kinds of places by code, with the digits of the division where one stands.
pub(crate) const KINDS: [(&str, &str, usize); 5] = [
    ("station", "未成年人保护工作站", 9),
    ("centre", "未成年人救助保护机构", 6),
    ("welfare_home", "儿童福利机构", 6),
    ("home", "儿童之家", 12),
    ("companion", "关爱服务项目点", 12),
];

/// A township with who supervises it.
pub(crate) struct Township {
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) supervisors: Vec<pb::Director>,
}

/// Who answers where.
#[derive(Template)]
#[template(path = "child/roster.html")]
pub(crate) struct RosterPage {
    pub(crate) chrome: Chrome,
    pub(crate) tabs: Vec<Tab>,
    pub(crate) told: &'static str,
    /// The reader answers for a county: names supervisors too.
    pub(crate) county: bool,
    pub(crate) places: Vec<Place>,
    pub(crate) division: String,
    pub(crate) townships: Vec<Township>,
    pub(crate) villages: Vec<pb::Village>,
}

impl RosterPage {
    fn directors(&self) -> usize {
        let all = self.villages.iter().flat_map(|one| &one.directors);
        all.count()
    }

    fn without(&self) -> usize {
        let without = self.villages.iter().filter(|one| one.directors.is_empty());
        without.count()
    }

    /// Directors whose record or training is late.
    fn late(&self) -> usize {
        let all = self.villages.iter().flat_map(|one| &one.directors);
        let all = all.chain(self.townships.iter().flat_map(|one| &one.supervisors));
        let late = all.filter(|one| one.record_late || one.training_short);
        late.count()
    }
}

/// Stations, centres, homes.
#[derive(Template)]
#[template(path = "child/places.html")]
pub(crate) struct PlacesPage {
    pub(crate) chrome: Chrome,
    pub(crate) tabs: Vec<Tab>,
    pub(crate) told: &'static str,
    pub(crate) places: Vec<Place>,
    pub(crate) division: String,
    pub(crate) kind: String,
    pub(crate) found: Vec<pb::Place>,
}

/// What must be there, and what is not.
#[derive(Template)]
#[template(path = "child/coverage.html")]
pub(crate) struct CoveragePage {
    pub(crate) chrome: Chrome,
    pub(crate) tabs: Vec<Tab>,
    pub(crate) places: Vec<Place>,
    pub(crate) division: String,
    pub(crate) coverage: pb::Coverage,
}

/// A share with what it is made of.
pub(crate) struct Ratio {
    label: &'static str,
    part: i64,
    whole: i64,
}

impl Ratio {
    /// 98.5%; nothing to say without a whole. Never rounded up to all of them.
    fn percent(&self) -> String {
        if self.whole <= 0 {
            return "没有".to_owned();
        }
        let permille = self.part.saturating_mul(1000) / self.whole;
        match permille % 10 {
            0 => format!("{}%", permille / 10),
            rest => format!("{}.{rest}%", permille / 10),
        }
    }

    fn whole(&self) -> bool {
        self.part >= self.whole
    }
}

impl CoveragePage {
    fn ratios(&self) -> Vec<Ratio> {
        let one = &self.coverage;
        let ratio = |label, part, whole| Ratio { label, part, whole };
        vec![
            ratio(
                "有儿童主任的村（社区）",
                one.villages_with_director,
                one.villages,
            ),
            ratio(
                "有督导员的乡镇（街道）",
                one.townships_with_supervisor,
                one.townships,
            ),
            ratio(
                "有未保工作站的乡镇（街道）",
                one.townships_with_station,
                one.townships,
            ),
            ratio(
                "有儿童之家的村（社区）",
                one.villages_with_home,
                one.villages,
            ),
            ratio("签了监护责任确认书的儿童", one.letters, one.children),
        ]
    }
}

/// Kinds of gaps by code.
const GAPS: [(&str, &str); 6] = [
    ("director", "缺儿童主任"),
    ("supervisor", "缺督导员"),
    ("station", "缺工作站"),
    ("centre", "缺救助保护机构"),
    ("owner", "档案没有人负责"),
    ("record", "违法犯罪记录没有按期查询"),
];

fn gap(one: &pb::Gap) -> &str {
    word(&GAPS, &one.kind)
}

/// Where it is mended, and in which words.
fn mend(one: &pb::Gap) -> (String, &'static str) {
    let county = one.division.get(..6).unwrap_or(&one.division);
    match one.kind.as_str() {
        "director" => (save("", "director", &one.division), "登记儿童主任"),
        "supervisor" => (save("", "supervisor", &one.division), "登记督导员"),
        "station" => (place("", "station", &one.division), "登记工作站"),
        "centre" => (place("", "centre", county), "登记机构"),
        "owner" if !one.case_number.is_empty() => {
            (format!("/child/files/{}", one.case_number), "看档案")
        }
        _ => (
            query("/child/roster", &[("division", &one.division)]),
            "去名册",
        ),
    }
}

/// The form of somebody; a new one without an id.
pub(crate) fn save(id: &str, role: &str, division: &str) -> String {
    let pairs = [("id", id), ("role", role), ("division", division)];
    query("/child/roster/save", &pairs)
}

/// Another act on somebody.
fn act(name: &str, one: &pb::Director) -> String {
    let pairs = [("id", one.id.as_str()), ("division", &one.division)];
    query(&format!("/child/roster/{name}"), &pairs)
}

/// The form of a place; a new one without an id.
pub(crate) fn place(id: &str, kind: &str, division: &str) -> String {
    let pairs = [("id", id), ("kind", kind), ("division", division)];
    query("/child/places/save", &pairs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_never_rounded_up() {
        let percent = |part, whole| {
            let label = "";
            Ratio { label, part, whole }.percent()
        };
        assert_eq!(percent(999, 1000), "99.9%");
        assert_eq!(percent(1999, 2000), "99.9%");
        assert_eq!(percent(2, 2), "100%");
        assert_eq!(percent(0, 0), "没有");
    }

    #[test]
    fn every_gap_leads_to_where_it_is_mended() {
        let gap = |kind: &str| pb::Gap {
            kind: kind.into(),
            division: "421202001".into(),
            ..Default::default()
        };
        for (kind, _) in GAPS {
            assert!(mend(&gap(kind)).0.starts_with("/child/"), "{kind}");
        }
        assert_eq!(
            mend(&gap("centre")).0,
            "/child/places/save?kind=centre&division=421202"
        );
    }
}
