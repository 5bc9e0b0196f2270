//! What a county has and plans.

use askama::Template;
use yiwang_civic::division;
use yiwang_proto::burial::v1 as pb;

use super::{Tab, percent};
use crate::portal::view::{Chrome, chrome::query, format};

/// Kinds of facilities by code.
pub(crate) const KINDS: [(&str, &str); 5] = [
    ("funeral_home", "殡仪馆"),
    ("columbarium", "骨灰堂"),
    ("urban_public", "城市公益性公墓"),
    ("rural_public", "农村公益性公墓"),
    ("commercial", "经营性公墓"),
];

/// A county.
#[derive(Template)]
#[template(path = "burial/planning.html")]
pub(crate) struct PlanningPage {
    pub(crate) chrome: Chrome,
    pub(crate) tabs: Vec<Tab>,
    pub(crate) told: &'static str,
    pub(crate) counties: Vec<(String, String)>,
    pub(crate) county: String,
    /// The reader writes the records.
    pub(crate) edits: bool,
    covered: String,
    share: String,
    room: String,
    short_of_room: bool,
    townships: Vec<(String, String)>,
    uncovered: Vec<String>,
    facilities: Vec<FacilityRow>,
    zones: Vec<ZoneRow>,
    plans: Vec<PlanRow>,
    graves: Vec<pb::GraveKindCount>,
}

/// What the page is made of.
pub(crate) struct Records {
    pub(crate) coverage: pb::Coverage,
    pub(crate) facilities: Vec<pb::PlannedFacility>,
    pub(crate) zones: Vec<pb::Zone>,
    pub(crate) plans: Vec<pb::Plan>,
    pub(crate) graves: Vec<pb::GraveKindCount>,
}

struct FacilityRow {
    code: String,
    name: String,
    kind: String,
    phone: String,
    approval: String,
    state: &'static str,
    class: &'static str,
    serves: String,
    href: String,
}

struct ZoneRow {
    name: String,
    kind: String,
    document: String,
    days: String,
    draft: bool,
    announce: String,
    end: String,
}

struct PlanRow {
    year: i32,
    total: i32,
    target: i32,
    built: i32,
    reached: bool,
    reported: String,
    report: String,
}

impl PlanningPage {
    /// The page of a county.
    pub(crate) fn of(chrome: Chrome, tabs: Vec<Tab>, county: &str, records: Records) -> Self {
        let coverage = records.coverage;
        let years = coverage.capacity_years;
        let wanted = coverage.wanted_years;
        let townships = coverage.townships.into_iter();
        Self {
            chrome,
            tabs,
            told: "",
            counties: vec![],
            county: county.to_owned(),
            edits: false,
            covered: format!("{}/{}", coverage.covered, coverage.units),
            share: percent(coverage.percent),
            room: match (years, wanted) {
                (0, _) => "—".to_owned(),
                (years, 0) => format!("约{years}年"),
                (years, wanted) => format!("约{years}年（要求{wanted}年）"),
            },
            short_of_room: wanted > 0 && years > 0 && years < wanted,
            townships: townships
                .map(|one| (one.name, format!("{}/{}", one.covered, one.units)))
                .collect(),
            uncovered: coverage.uncovered.into_iter().map(|one| one.name).collect(),
            facilities: records
                .facilities
                .iter()
                .map(|one| FacilityRow::of(one, county))
                .collect(),
            zones: records
                .zones
                .iter()
                .map(|one| ZoneRow::of(one, county))
                .collect(),
            plans: records.plans.iter().map(PlanRow::of).collect(),
            graves: records.graves,
        }
    }

    /// The address of an act.
    fn act(&self, name: &str) -> String {
        act(name, &[("county", &self.county)])
    }
}

fn act(name: &str, about: &[(&str, &str)]) -> String {
    query(&format!("/burial/planning/{name}"), about)
}

impl FacilityRow {
    fn of(one: &pb::PlannedFacility, county: &str) -> Self {
        let (state, class) = match (one.active, one.opened_on.as_str()) {
            (false, _) => ("已停用", "shut"),
            (true, "") => ("在建", ""),
            (true, _) => ("正在使用", "live"),
        };
        let name = |code: &String| division::find(code).map_or("", |one| one.name);
        let serves: Vec<&str> = one.serves.iter().map(name).collect();
        Self {
            code: one.code.clone(),
            name: one.name.clone(),
            kind: one.kind_label.clone(),
            phone: one.phone.clone(),
            approval: one.approval.clone(),
            state,
            class,
            serves: match serves.as_slice() {
                [] => "全县（市、区）".to_owned(),
                serves => serves.join("、"),
            },
            href: act("facility", &[("county", county), ("code", &one.code)]),
        }
    }
}

impl ZoneRow {
    fn of(one: &pb::Zone, county: &str) -> Self {
        let draft = one.state == "draft";
        let link = |name: &str| act(name, &[("county", county), ("id", &one.id)]);
        let from = format::iso_day(&one.valid_from);
        Self {
            name: one.name.clone(),
            kind: one.kind_label.clone(),
            document: one.document.clone(),
            days: match one.valid_to.as_str() {
                "" => format!("{from}起"),
                to => format!("{from}起，{}终止", format::iso_day(to)),
            },
            draft,
            announce: match draft {
                true => link("announce"),
                false => String::new(),
            },
            end: match (draft, one.valid_to.as_str()) {
                (false, "") => link("end"),
                _ => String::new(),
            },
        }
    }
}

impl PlanRow {
    fn of(one: &pb::Plan) -> Self {
        Self {
            year: one.year,
            total: one.total,
            target: one.target_new,
            built: one.built,
            reached: one.reached,
            reported: match one.reported_on.as_str() {
                "" => String::new(),
                day => format::iso_day(day),
            },
            report: one.report.clone(),
        }
    }
}
