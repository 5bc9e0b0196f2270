//! The law of the street as tables: who is told, led, brought; final answers; seasons and alerts.

use jiff::civil::{Date, DateTime};
use uuid::Uuid;
use yiwang_rescue::domain::street::{
    fields::{Fields, Given},
    law::{self, Ages},
    season::{self, Hours, Season},
    words::{Group, Level, Outcome},
};

use crate::table::{Row, all_hold, read, same};

const AGES: Ages = Ages {
    minor: 18,
    elder: 60,
};

fn met(row: &Row) -> Fields {
    let groups = row.texts("groups").into_iter();
    let given = Given {
        article: Uuid::nil(),
        quantity: 1,
    };
    Fields {
        outcome: Outcome::from_code(row.text("outcome")),
        place: "长途汽车站".to_owned(),
        looks_age: u8::try_from(row.int("age")).ok().filter(|age| *age > 0),
        groups: groups.map(|code| Group::from_code(code).unwrap()).collect(),
        told_policy: row.flag("told_policy"),
        guided: row.flag("guided"),
        escorted: row.flag("escorted"),
        ambulance: row.flag("ambulance"),
        police_record: row.text("record").to_owned(),
        articles: vec![given; usize::try_from(row.int("articles")).unwrap()],
        ..Fields::default()
    }
}

#[test]
fn who_is_told_led_and_brought() {
    let inputs = [
        "outcome",
        "age",
        "groups",
        "told_policy",
        "guided",
        "escorted",
        "ambulance",
        "record",
        "articles",
    ];
    let rows = read(include_str!("street_met.toml"), 25, &inputs);
    all_hold(&rows, |row| {
        let fields = met(row);
        let found = law::violations(&fields, AGES);
        let codes: Vec<&str> = found.iter().map(|one| &*one.reason).collect();
        let found = match codes.as_slice() {
            [] => law::state(fields.outcome).to_owned(),
            codes => codes.join(" "),
        };
        same("visit", found.as_str(), row.text("expected"))
    });
}

#[test]
fn a_refusal_is_the_final_answer_of_its_visit() {
    let rows = read(
        include_str!("street_final.toml"),
        7,
        &["before", "after", "state"],
    );
    all_hold(&rows, |row| {
        let with = |key| Fields {
            outcome: Outcome::from_code(row.text(key)),
            ..Fields::default()
        };
        let found = law::may_become(row.text("state"), &with("before"), &with("after"));
        let code = found.err().map_or("ALLOWED", |refusal| refusal.code);
        same("change", code, row.text("expected"))
    });
}

#[test]
fn winter_and_summer() {
    let rows = read(
        include_str!("street_season.toml"),
        8,
        &["day", "winter", "summer"],
    );
    all_hold(&rows, |row| {
        let day: Date = row.parse("day");
        let season = |key| Season::read(row.text(key)).unwrap();
        let (winter, summer) = (season("winter"), season("summer"));
        let runs = season::of_day(day, winter, summer).map_or("none", |kind| kind.code());
        let span = |season: Season| {
            let (from, to) = season.span(day);
            format!("{from}..{to}")
        };
        let found = format!("{runs} {} {}", span(winter), span(summer));
        same("season", found.as_str(), row.text("expected"))
    });
}

#[test]
fn an_alert_and_its_patrols() {
    let inputs = ["level", "least", "from", "to", "most", "hours", "now"];
    let rows = read(include_str!("street_alert.toml"), 9, &inputs);
    all_hold(&rows, |row| {
        let level = |key| Level::from_code(row.text(key)).unwrap();
        let found = if season::opens(level("level"), level("least")) {
            let hours = Hours::read(row.text("hours")).unwrap();
            let most = u32::try_from(row.int("most")).unwrap();
            let now: DateTime = row.parse("now");
            let days = (row.parse("from"), row.parse("to"));
            let patrols = season::patrols(days, hours, most, now);
            format!("{} {}", patrols.len(), patrols[0].0)
        } else {
            "no".to_owned()
        };
        same("patrols", found.as_str(), row.text("expected"))
    });
}
