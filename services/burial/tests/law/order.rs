//! Zones, plans, rates, graves and measures as tables (rules F14, F16, F18 to F20).

use jiff::civil::{Date, date};
use yiwang_burial::domain::{
    enforcement::{action::Measure, is_major},
    facility::{self, Draft, Kind, Limits},
    grave_remediation::{
        action::Outcome,
        fits,
        form::{Area, GraveKind},
        place::Place,
    },
    plan::{self, Public, Targets},
    rate::{Count, Group, percent, share},
    zone::{self, Announced, Paper, Zone, may_announce, may_end},
};
use yiwang_casework::{Context, Refusal};

use crate::{
    surroundings::context,
    table::{Row, all_hold, read, same},
};

const TODAY: Date = date(2026, 5, 12);

fn now() -> Context<'static> {
    context(TODAY.at(9, 0, 0, 0))
}

fn announced(division: &str, kind: Zone, from: Date, to: Option<Date>) -> Announced {
    Announced {
        division: division.to_owned(),
        kind,
        valid_from: from,
        valid_to: to,
    }
}

fn zones() -> Vec<Announced> {
    let (june, change) = (date(2017, 6, 1), date(2026, 7, 1));
    vec![
        announced("421224", Zone::Cremation, june, None),
        announced("421224104", Zone::BurialReform, june, None),
        announced("420323", Zone::BurialReform, date(2018, 3, 1), Some(change)),
        announced("420323", Zone::Cremation, change, None),
    ]
}

fn code<T>(result: Result<T, Refusal>, yes: &'static str) -> Result<&'static str, String> {
    match result {
        Ok(_) => Ok(yes),
        // Each says what to do.
        Err(refusal) if !refusal.message.ends_with('。') => Err(refusal.message),
        Err(refusal) => Ok(refusal.code),
    }
}

#[test]
fn zone_of_a_place_on_a_day() {
    let rows = read(include_str!("order/zones.toml"), 10, &["place", "on"]);
    all_hold(&rows, |row| {
        let found = zone::of(&zones(), row.text("place"), row.parse("on"));
        same(
            "zone",
            found.map_or("none", Zone::code),
            row.text("expected"),
        )
    });
}

#[test]
fn announcements() {
    let inputs = [
        "valid_from",
        "announced_on",
        "document",
        "approval",
        "running_from",
        "running_to",
    ];
    let rows = read(include_str!("order/announce.toml"), 11, &inputs);
    all_hold(&rows, |row| {
        let draft = announced("421224", Zone::Cremation, row.parse("valid_from"), None);
        let paper = Paper {
            document: row.text("document"),
            approval: row.text("approval"),
            announced_on: row.parse("announced_on"),
        };
        let to = (!row.text("running_to").is_empty()).then(|| row.parse("running_to"));
        let running = match row.text("running_from") {
            "" => Vec::new(),
            _ => vec![announced(
                "421224",
                Zone::BurialReform,
                row.parse("running_from"),
                to,
            )],
        };
        let found = code(may_announce(&draft, &paper, TODAY, &running), "ANNOUNCED")?;
        same("announcement", found, row.text("expected"))
    });
}

#[test]
fn a_zone_ends_on_a_later_day_once() {
    let zone = announced("421224", Zone::Cremation, date(2017, 6, 1), None);
    let end = |zone: &Announced, on, document| may_end(zone, on, document, TODAY).err();
    let reason = |found: Option<Refusal>| found.map(|refusal| refusal.code);
    assert_eq!(
        reason(end(&zone, date(2026, 5, 13), "通政告〔2026〕2号")),
        None
    );
    assert_eq!(
        reason(end(&zone, TODAY, "通政告〔2026〕2号")),
        Some("END_IN_THE_PAST")
    );
    assert_eq!(
        reason(end(&zone, date(2026, 5, 13), " ")),
        Some("DOCUMENT_REQUIRED")
    );
    let over = announced(
        "421224",
        Zone::Cremation,
        date(2017, 6, 1),
        Some(date(2026, 6, 1)),
    );
    assert_eq!(
        reason(end(&over, date(2026, 7, 1), "通政告〔2026〕2号")),
        Some("ENDED")
    );
}

#[test]
fn plans() {
    let rows = read(include_str!("order/plans.toml"), 8, &["total", "new"]);
    let targets = Targets::load(&now()).unwrap();
    all_hold(&rows, |row| {
        let number = |key| u32::try_from(row.int(key)).unwrap();
        let found = code(targets.may_plan(number("total"), number("new")), "PLANNED")?;
        same("plan", found, row.text("expected"))
    });
}

#[test]
fn rates() {
    let rows = read(
        include_str!("order/rates.toml"),
        10,
        &["deaths", "rate", "area_rate"],
    );
    let group = |row: &Row| Group {
        died_on: row.parse("died_on"),
        place: row.text("place").to_owned(),
        exempt: row.flag("exempt"),
        cremated: row.flag("cremated"),
        count: row.int("n"),
    };
    all_hold(&rows, |row| {
        let deaths: Vec<Group> = row.list("deaths").iter().map(group).collect();
        let count = Count::of(&deaths, &zones());
        same("rate", i64::from(count.rate()), row.int("rate"))?;
        same(
            "rate of the area",
            i64::from(count.area_rate()),
            row.int("area_rate"),
        )
    });
}

#[test]
fn what_puts_a_grave_in_order() {
    let inputs = ["kind", "area", "outcome"];
    let rows = read(include_str!("order/remediation.toml"), 14, &inputs);
    all_hold(&rows, |row| {
        let kind = GraveKind::from_code(row.text("kind")).unwrap();
        let area = Area::from_code(row.text("area")).unwrap();
        let outcome = Outcome::from_code(row.text("outcome")).unwrap();
        let found = code(fits(kind, area, outcome, &now()), "FITS")?;
        same("outcome", found, row.text("expected"))
    });
}

#[test]
fn facilities_on_record() {
    let rows = read(
        include_str!("order/facilities.toml"),
        4,
        &["kind", "approved_on"],
    );
    all_hold(&rows, |row| {
        let draft = Draft {
            name: "通山县青松公益性公墓".to_owned(),
            kind: Kind::from_code(row.text("kind")).unwrap(),
            division: "421224100".to_owned(),
            address: "通羊镇青松岭".to_owned(),
            phone: "0715-2361234".to_owned(),
            approval: "通民复〔2026〕1号".to_owned(),
            approved_on: row.parse("approved_on"),
            land_m2: 1_000,
            green_m2: 400,
            serves: vec!["421224100203".to_owned()],
            equipment: vec![("监控摄像头".to_owned(), 4)],
            opened_on: None,
            active: true,
        };
        let limits = Limits::load(&now(), draft.approved_on).unwrap();
        let found = facility::violations(&draft, limits, TODAY);
        let found = found
            .first()
            .map_or("SAVED", |one| one.reason.as_ref())
            .to_owned();
        same("facility", found.as_str(), row.text("expected"))
    });
}

#[test]
fn decisions_that_another_reviews() {
    let rows = read(include_str!("order/measures.toml"), 6, &["measure"]);
    all_hold(&rows, |row| {
        let measure = Measure::from_code(row.text("measure")).unwrap();
        let major = is_major(measure, &now()).unwrap();
        same(
            "measure",
            if major { "MAJOR" } else { "MINOR" },
            row.text("expected"),
        )
    });
}

#[test]
fn villages_without_a_public_cemetery_are_named() {
    let one = |serves: &[&str]| Public {
        division: "420323100".to_owned(),
        serves: serves.iter().map(|code| (*code).to_owned()).collect(),
    };
    let none = plan::coverage("420323", &[]);
    assert_eq!((none.covered(), none.share()), (0, 0));
    assert_eq!(none.uncovered.len(), usize::try_from(none.units()).unwrap());
    // A whole township, and one village of another.
    let some = plan::coverage("420323", &[one(&["420323100", "420323103211"])]);
    let of = |code: &str| {
        some.townships
            .iter()
            .find(|one| one.place.code == code)
            .unwrap()
    };
    assert_eq!(of("420323100").covered, of("420323100").units);
    assert_eq!(of("420323103").covered, 1);
    assert!(
        some.uncovered
            .iter()
            .any(|unit| unit.name == "施洋路社区居民委员会")
    );
    assert!(
        !some
            .uncovered
            .iter()
            .any(|unit| unit.code == "420323103211")
    );
    // One for the whole county.
    let all = plan::coverage("420323", &[one(&[])]);
    assert_eq!((all.share(), all.uncovered.len()), (10_000, 0));
    let targets = Targets::load(&now()).unwrap();
    assert!(targets.covered(&all) && !targets.covered(&some));
    assert_eq!(targets.capacity_years, 30);
}

#[test]
fn shares_and_positions() {
    assert_eq!((share(1, 0), share(0, 5), share(1, 20_000)), (0, 0, 1));
    let words = [percent(10_000), percent(5_881), percent(5_880), percent(7)];
    assert_eq!(words, ["100%", "58.81%", "58.8%", "0.07%"]);
    let at = Place::read("114.4821", "29.606500").unwrap();
    assert_eq!((at.longitude, at.latitude), (114_482_100, 29_606_500));
    for (east, north) in [
        ("114.48", "29.6065"),
        ("29.6065", "114.4821"),
        ("-114.4821", "29.6065"),
    ] {
        assert_eq!(Place::read(east, north), None, "{east} {north}");
    }
}
