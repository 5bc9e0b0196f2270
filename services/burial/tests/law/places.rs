//! Sizes of places, who may have one, deposits (rules F07, F08, B3, B5).

use jiff::{ToSpan as _, civil::Date};
use serde_json::json;
use yiwang_burial::domain::{
    AshesDeposit, Grave, ashes_deposit,
    ledger::{
        SpotKind,
        size::{Limits, Size},
    },
};
use yiwang_casework::{ClockOp, Context};
use yiwang_chassis::identity::Role;

use crate::{
    places_case::{self as about, Life},
    surroundings::context,
    table::{Row, all_hold, read, same},
};

/// Ten in the morning of a row's day, in its division.
fn surroundings(row: &Row) -> Context<'static> {
    let on: Date = row.parse(if row.has("on") { "on" } else { "from" });
    let division: &'static str = row.text("division").to_owned().leak();
    Context {
        division,
        county: &division[..6],
        ..context(on.at(10, 0, 0, 0))
    }
}

fn kind(row: &Row) -> SpotKind {
    SpotKind::from_code(row.text("kind")).unwrap()
}

#[test]
fn plot_size() {
    let inputs = ["division", "on", "kind", "width", "depth", "capacity"];
    let rows = read(include_str!("plot_size.toml"), 19, &inputs);
    all_hold(&rows, |row| {
        let limits = Limits::load(kind(row), &surroundings(row)).unwrap();
        let size = Size {
            width_cm: u32::try_from(row.int("width")).unwrap(),
            depth_cm: u32::try_from(row.int("depth")).unwrap(),
            capacity: u16::try_from(row.int("capacity")).unwrap(),
        };
        let found = limits.check(kind(row), size);
        let found = found.map_or_else(|wrong| wrong.code(), |()| "ok");
        same("size", found, row.text("expected"))
    });
}

const GRAVE: [&str; 21] = [
    "step",
    "division",
    "on",
    "facility",
    "serves",
    "household",
    "resident",
    "kind",
    "death",
    "cremation",
    "elsewhere",
    "exception",
    "born",
    "join",
    "kinship",
    "room",
    "zone",
    "ethnicity",
    "years",
    "rests",
    "seen",
];

#[test]
fn grave() {
    all_hold(&read(include_str!("grave.toml"), 37, &GRAVE), |row| {
        let cx = surroundings(row);
        let filed = Life::<Grave>::filed(&about::form(row), about::world(row), &cx);
        let found = match (row.text("step"), filed) {
            (_, Err(refusal)) => refusal.code,
            ("submit", Ok(_)) => "ok",
            (_, Ok(mut life)) => {
                let seen = row.flag("seen");
                let data = json!({ "originals_seen": seen, "on_list": seen, "kinship_seen": seen });
                let clerk = about::officer("陈静", Role::Clerk);
                match life.act_by(&clerk, "accept", data, &cx) {
                    Ok(_) => "ok",
                    Err(refusal) => refusal.code,
                }
            }
        };
        same("grave", found, row.text("expected"))
    });
}

const DEPOSIT: [&str; 5] = ["division", "from", "months", "paid_until", "unclaimed"];

#[test]
fn deposit() {
    all_hold(&read(include_str!("deposit.toml"), 7, &DEPOSIT), |row| {
        let cx = surroundings(row);
        let world = about::deposit_world(row.text("division"));
        let form = about::deposit_form(row.int("months"));
        let mut life = Life::<AshesDeposit>::filed(&form, world, &cx).unwrap();
        let keeper = about::officer("周敏", Role::Funeral);
        let data = json!({ "urn": about::URN, "receipt": "鄂001" });
        life.act_by(&keeper, "store", data, &cx).unwrap();
        same("state", life.case.state, ashes_deposit::State::Signing)?;
        let seen = json!({ "seen": true });
        let decision = life
            .act_by(&about::family(), "family_sign", seen, &cx)
            .unwrap();
        same("state", life.case.state, ashes_deposit::State::InStore)?;
        let last = |name: &str| {
            decision.clocks.iter().find_map(|op| match op {
                ClockOp::Start(clock) if clock.name == name => Some(clock.last_day),
                _ => None,
            })
        };
        let paid_until: Date = row.parse("paid_until");
        same("paid until", last("paid_until"), Some(paid_until))?;
        same("unclaimed", last("unclaimed"), Some(row.parse("unclaimed")))?;
        // −60, −30, +30; a reminder whose day is past already is not given.
        let today: Date = row.parse("from");
        for (name, days) in [("before_60", -60), ("before_30", -30), ("after_30", 30)] {
            let day = paid_until.saturating_add(days.days());
            same(name, last(name), (day >= today).then_some(day))?;
        }
        Ok(())
    });
}
