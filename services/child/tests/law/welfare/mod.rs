//! Files of children, visits, entrusted care, directors and stations (rules B2.4 to B2.6).

use jiff::{Timestamp, civil::Date};
use uuid::Uuid;
use yiwang_casework::{Context, Decision, Item, Photos, Refusal, context::Actor};
use yiwang_chassis::identity::Role;
use yiwang_child::{
    RULES,
    domain::{
        family::ParentState,
        welfare::{
            entrusted_care::law::{BarCode, all_told, is_heard, may_care},
            law::{
                Ages, ParentAway, age_on, is_high, is_in_hardship, is_left_behind, is_migrant,
                reaches,
            },
            roster::Served,
            visit::{
                Check, Outcome, Place, Visit,
                law::violations,
                plan::{Every, Intervals, urgency},
            },
            words::{Kind, Level, Living, Need, Overlay},
        },
    },
};
use yiwang_civic::{calendar::WorkCalendar, params::RuleBook, time::Month};

use crate::table::{Row, all_hold, read, same};

const TODAY: &str = "2026-05-12";

/// The surroundings of 城关镇 on the day of the tables.
fn here<T>(check: impl FnOnce(&Context<'_>) -> T) -> T {
    let rules = RuleBook::parse(RULES).unwrap();
    let actor = Actor::Officer {
        account: Uuid::from_u128(1),
        name: "柯玉梅".to_owned(),
        roles: vec![Role::ChildWorker],
    };
    let now: Timestamp = "2026-05-12T01:00:00Z".parse().unwrap();
    check(&Context {
        now,
        actor: &actor,
        calendar: WorkCalendar::embedded(),
        rules: &rules,
        division: "420323100001",
        county: "420323",
    })
}

fn ages() -> Ages {
    here(|cx| Ages::here(cx).unwrap())
}

fn today() -> Date {
    TODAY.parse().unwrap()
}

fn day(row: &Row, key: &str) -> Option<Date> {
    Some(row.text(key))
        .filter(|text| !text.is_empty())
        .map(|text| text.parse().unwrap())
}

fn code(result: Result<(), Refusal>) -> &'static str {
    match result {
        Ok(()) => "ALLOWED",
        Err(refusal) => {
            assert!(refusal.message.ends_with('。'), "{}", refusal.message);
            refusal.code
        }
    }
}

fn needs(row: &Row) -> Vec<Need> {
    let codes = row.texts("needs").into_iter();
    codes.map(|code| Need::from_code(code).unwrap()).collect()
}

fn overlays(row: &Row) -> Vec<Overlay> {
    let codes = row.texts("overlays").into_iter();
    codes
        .map(|code| Overlay::from_code(code).unwrap())
        .collect()
}

#[test]
fn ages_on_the_day() {
    let rows = read(include_str!("ages.toml"), 10, &["born", "on", "years"]);
    all_hold(&rows, |row| {
        let (born, on): (Date, Date) = (row.parse("born"), row.parse("on"));
        let years = u32::try_from(row.int("years")).unwrap();
        same("age", i64::from(age_on(born, on)), row.int("expected"))?;
        let reached = reaches(born, years) <= on;
        same("reached", reached, i64::from(years) <= row.int("expected"))
    });
}

#[test]
fn who_is_left_behind() {
    let inputs = ["father", "father_since", "mother", "mother_since"];
    let rows = read(include_str!("left_behind.toml"), 12, &inputs);
    all_hold(&rows, |row| {
        let parent = |who: &str, since: &str| ParentAway {
            state: ParentState::from_code(row.text(who)).unwrap(),
            since: day(row, since),
        };
        let parents = [
            parent("father", "father_since"),
            parent("mother", "mother_since"),
        ];
        let found = is_left_behind(parents, today(), ages().away_months);
        same("left behind", found, row.flag("expected"))
    });
}

#[test]
fn who_is_a_migrant() {
    let rows = read(include_str!("migrant.toml"), 6, &["household", "since"]);
    all_hold(&rows, |row| {
        let since = day(row, "since");
        let months = ages().away_months;
        let found = is_migrant(
            row.text("household"),
            "420323100001",
            since,
            today(),
            months,
        );
        same("migrant", found, row.flag("expected"))
    });
}

#[test]
fn who_is_in_hardship_and_in_high_risk() {
    let inputs = ["needs", "overlays", "living", "high"];
    let rows = read(include_str!("hardship.toml"), 12, &inputs);
    all_hold(&rows, |row| {
        let needs = needs(row);
        let found = is_in_hardship(&needs, &overlays(row));
        same("hardship", found, row.flag("expected"))?;
        let living = Living::from_code(row.text("living")).unwrap();
        same("high", is_high(&needs, living), row.flag("high"))
    });
}

#[test]
fn who_may_live_how() {
    let rows = read(
        include_str!("alone.toml"),
        11,
        &["age", "living", "protected"],
    );
    all_hold(&rows, |row| {
        let age = u32::try_from(row.int("age")).ok();
        let living = Living::from_code(row.text("living")).unwrap();
        let decided = ages().may_live(age, living, row.flag("protected"));
        same("living", code(decided), row.text("expected"))
    });
}

#[test]
fn when_the_next_visit_is_due() {
    let inputs = ["level", "kind", "overlays", "from", "due"];
    let rows = read(include_str!("plan.toml"), 13, &inputs);
    all_hold(&rows, |row| {
        here(|cx| {
            let level = Level::from_code(row.text("level")).unwrap();
            let kind = Kind::from_code(row.text("kind")).unwrap();
            let every = Intervals::here(cx)
                .unwrap()
                .every(level, kind, &overlays(row));
            let words = match every {
                Every::Days(days) => format!("{days}d"),
                Every::Months(months) => format!("{months}m"),
            };
            same("interval", words.as_str(), row.text("expected"))?;
            let due = every.due(cx, row.parse("from")).last_day;
            same("due", due, row.parse("due"))
        })
    });
}

#[test]
fn how_urgent_a_visit_is() {
    let rows = read(include_str!("urgency.toml"), 3, &["due"]);
    all_hold(&rows, |row| {
        same(
            "urgency",
            urgency(row.parse("due"), today()),
            row.text("expected"),
        )
    });
}

#[test]
fn what_a_visit_may_come_to() {
    let inputs = [
        "age",
        "outcome",
        "bad",
        "alone",
        "living",
        "findings",
        "said",
        "help",
        "protected",
    ];
    let rows = read(include_str!("visit.toml"), 13, &inputs);
    all_hold(&rows, |row| {
        let check = |name: &str| match row.text("bad") == name {
            true => Check::Bad,
            false => Check::Fine,
        };
        let visit = Visit {
            place: Place::Home,
            persons: "儿童、祖母".to_owned(),
            seen_alone: row.flag("alone"),
            living: Living::from_code(row.text("living")).unwrap(),
            guardianship: check("guardianship"),
            life: check("life"),
            schooling: check("schooling"),
            health: check("health"),
            mind: check("mind"),
            safety: check("safety"),
            outcome: Outcome::from_code(row.text("outcome")).unwrap(),
            findings: row.text("findings").to_owned(),
            said: row.text("said").to_owned(),
            help: row.text("help").to_owned(),
            photos: Photos::default(),
        };
        let age = u32::try_from(row.int("age")).ok();
        let found = violations(&visit, age, &ages(), row.flag("protected"));
        let codes: Vec<String> = found
            .iter()
            .map(|one| format!("{} {}", one.field, one.reason))
            .collect();
        same(
            "violations",
            codes.join(", ").as_str(),
            row.text("expected"),
        )
    });
}

#[test]
fn who_may_care_for_a_child() {
    let rows = read(include_str!("barred.toml"), 9, &["codes"]);
    all_hold(&rows, |row| {
        let codes = row.texts("codes").into_iter();
        let codes: Vec<_> = codes
            .map(|code| BarCode::from_code(code).unwrap())
            .collect();
        same("carer", code(may_care(&codes)), row.text("expected"))
    });
}

#[test]
fn who_is_told_and_who_is_heard() {
    let inputs = ["school", "told_school", "told_village", "age"];
    let rows = read(include_str!("told.toml"), 8, &inputs);
    all_hold(&rows, |row| {
        let (school, village) = (row.flag("told_school"), row.flag("told_village"));
        let told = all_told(row.flag("school"), school, village);
        let years = here(|cx| {
            cx.rule("child.entrust.heard_years")
                .unwrap()
                .count()
                .unwrap()
        });
        let heard = is_heard(u32::try_from(row.int("age")).unwrap(), years);
        let found = format!(
            "{} {}",
            if told { "told" } else { "open" },
            if heard { "heard" } else { "small" }
        );
        same("told", found.as_str(), row.text("expected"))
    });
}

#[test]
fn when_nothing_is_paid_and_when_the_record_is_looked_at() {
    let inputs = ["since", "until", "checked", "barred", "month", "due"];
    let rows = read(include_str!("roster.toml"), 9, &inputs);
    all_hold(&rows, |row| {
        let served = Served {
            since: row.parse("since"),
            until: day(row, "until"),
            checked_on: day(row, "checked"),
            barred: row.flag("barred"),
        };
        let month: Month = row.parse("month");
        same(
            "withheld",
            served.withheld(month, 12).unwrap_or(""),
            row.text("expected"),
        )?;
        same("due", served.record_due(12), row.parse("due"))
    });
}

mod files;

/// The decision, or its refusal's code and fields.
fn told<I: Item>(decided: Result<Decision<I>, Refusal>) -> Result<Decision<I>, String> {
    decided.map_err(|refusal| {
        let fields: Vec<_> = refusal
            .fields
            .iter()
            .map(|it| format!("{} {}", it.field, it.reason))
            .collect();
        match fields.is_empty() {
            true => refusal.code.to_owned(),
            false => fields.join(", "),
        }
    })
}
