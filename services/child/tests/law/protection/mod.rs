//! Protection as tables: duties, levels, placements, the child's voice, orders, suits, the end,
//! limits.

mod clocks;

use jiff::civil::Date;
use yiwang_casework::Refusal;
use yiwang_chassis::fault::FieldViolation;
use yiwang_child::domain::protection::{
    law::{self, Closing, Duty},
    temporary_guardianship::law as temporary,
    words::{
        CareLevel, Grave, Ground, Heard, HomeReason, LongGround, PlaceKind, RemovalGround, Risk,
        TemporaryGround,
    },
};

use crate::table::{Row, all_hold, read, same};

/// ALLOWED, or the code of the no, which says what to do.
fn code(result: Result<(), Refusal>) -> Result<String, String> {
    let Err(refusal) = result else {
        return Ok("ALLOWED".to_owned());
    };
    let ends = refusal.message.ends_with(['。', '）']);
    same("a sentence", ends, true)?;
    Ok(refusal.code.to_owned())
}

fn decided(row: &Row, result: Result<(), Refusal>) -> Result<(), String> {
    same("decided", code(result)?.as_str(), row.text("expected"))
}

fn codes(duties: &[Duty]) -> String {
    let codes: Vec<_> = duties.iter().map(|duty| duty.code()).collect();
    codes.join(" ")
}

fn small(row: &Row, key: &str) -> u8 {
    u8::try_from(row.int(key)).unwrap()
}

#[test]
fn what_a_report_asks() {
    let rows = read(include_str!("duties.toml"), 9, &["ground"]);
    all_hold(&rows, |row| {
        let ground = Ground::from_code(row.text("ground")).unwrap();
        same(
            "duties",
            codes(law::duties(ground)).as_str(),
            row.text("expected"),
        )
    });
}

#[test]
fn what_temporary_guardianship_asks() {
    let rows = read(include_str!("temporary.toml"), 7, &["ground", "suspicion"]);
    all_hold(&rows, |row| {
        let ground = TemporaryGround::from_code(row.text("ground")).unwrap();
        let duties = codes(law::temporary_duties(ground));
        same("duties", duties.as_str(), row.text("expected"))?;
        same(
            "suspicion",
            law::under_suspicion(ground),
            row.flag("suspicion"),
        )
    });
}

#[test]
fn the_level_follows_from_the_indicators() {
    let inputs = ["absent", "improper", "insufficient", "fit"];
    let rows = read(include_str!("level.toml"), 8, &inputs);
    all_hold(&rows, |row| {
        let [absent, improper, insufficient] =
            ["absent", "improper", "insufficient"].map(|key| small(row, key));
        let level = law::level(absent, improper, insufficient);
        same("level", level.code(), row.text("expected"))?;
        same("fit", law::fit(level), row.flag("fit"))
    });
}

#[test]
fn the_police_hear_of_danger_first() {
    let rows = read(include_str!("police.toml"), 8, &["risk", "danger", "told"]);
    all_hold(&rows, |row| {
        let risk = Risk::from_code(row.text("risk")).unwrap();
        let told = law::police_first(risk, row.flag("danger"), row.flag("told"));
        decided(row, told)
    });
}

#[test]
fn where_a_child_lives_for_a_time() {
    let inputs = ["kind", "ground", "reason"];
    let rows = read(include_str!("temporary_place.toml"), 16, &inputs);
    all_hold(&rows, |row| {
        let kind = PlaceKind::from_code(row.text("kind")).unwrap();
        let ground = TemporaryGround::from_code(row.text("ground")).unwrap();
        let reason = HomeReason::from_code(row.text("reason"));
        decided(row, law::temporary_place(kind, ground, reason))
    });
}

#[test]
fn where_a_child_lives_for_good() {
    let rows = read(include_str!("long_place.toml"), 4, &["kind"]);
    all_hold(&rows, |row| {
        let kind = PlaceKind::from_code(row.text("kind")).unwrap();
        decided(row, law::long_place(kind))
    });
}

#[test]
fn what_becomes_long() {
    let rows = read(include_str!("become_long.toml"), 12, &["from", "to"]);
    all_hold(&rows, |row| {
        let from = TemporaryGround::from_code(row.text("from")).unwrap();
        let to = LongGround::from_code(row.text("to")).unwrap();
        same(
            "becomes",
            law::may_become(from, to),
            row.text("expected") == "yes",
        )
    });
}

#[test]
fn the_child_is_heard() {
    let rows = read(include_str!("voice.toml"), 10, &["heard", "words", "age"]);
    all_hold(&rows, |row| {
        let heard = Heard::from_code(row.text("heard")).unwrap();
        let age = u8::try_from(row.int("age")).ok();
        let missing = law::voice(heard, row.text("words"), age, "/voice");
        let missing = missing.map_or_else(|| "ALLOWED".into(), |it| it.reason);
        same("voice", &*missing, row.text("expected"))
    });
}

#[test]
fn how_long_an_order_holds() {
    let rows = read(include_str!("order.toml"), 6, &["until"]);
    all_hold(&rows, |row| {
        let granted: Date = "2026-05-12".parse().unwrap();
        decided(row, law::order_until(granted, row.parse("until"), 6))
    });
}

#[test]
fn how_long_somebody_follows_up() {
    let rows = read(include_str!("follow_up.toml"), 5, &["months"]);
    all_hold(&rows, |row| {
        let months = u32::try_from(row.int("months")).unwrap();
        decided(row, law::follow_up(months, 3, 12))
    });
}

#[test]
fn who_is_guardian_again() {
    let inputs = ["crime", "grave", "reasons"];
    let rows = read(include_str!("restore.toml"), 8, &inputs);
    all_hold(&rows, |row| {
        let grave = Grave::from_code(row.text("grave")).unwrap();
        decided(
            row,
            law::restore(row.flag("crime"), grave, row.text("reasons")),
        )
    });
}

#[test]
fn who_brings_the_suit() {
    let rows = read(include_str!("removal.toml"), 7, &["ground"]);
    all_hold(&rows, |row| {
        let ground = RemovalGround::from_code(row.text("ground")).unwrap();
        let waits = if law::removal_waits(ground) {
            "waits"
        } else {
            "at once"
        };
        same("suit", waits, row.text("expected"))
    });
}

#[test]
fn when_a_case_ends() {
    let inputs = [
        "seen",
        "safe",
        "told",
        "level",
        "in_care",
        "in_long_care",
        "order",
        "removal",
        "suggestion",
        "plan",
        "left",
    ];
    let rows = read(include_str!("close.toml"), 18, &inputs);
    all_hold(&rows, |row| {
        let left = row.int("left");
        let closing = Closing {
            seen: row.flag("seen"),
            safe: row.flag("safe"),
            police_told: row.flag("told"),
            level: CareLevel::from_code(row.text("level")),
            in_care: row.flag("in_care"),
            in_long_care: row.flag("in_long_care"),
            order_open: row.flag("order"),
            removal_open: row.flag("removal"),
            suggestion_open: row.flag("suggestion"),
            plan_open: usize::try_from(row.int("plan")).unwrap(),
            follow_up_left: (left >= 0).then_some(left),
        };
        let found = law::not_closed(&closing);
        let told = found.iter().all(|it| it.message.ends_with('。'));
        same("sentences", told, true)?;
        let known = |it: &FieldViolation| law::CLOSING_CODES.contains(&&*it.reason);
        same("codes are known", found.iter().all(known), true)?;
        let found: Vec<_> = found.iter().map(|it| it.reason.as_ref()).collect();
        same("reasons", found.join(" ").as_str(), row.text("expected"))
    });
}

#[test]
fn when_a_child_goes_back() {
    let rows = read(include_str!("return.toml"), 3, &["fit"]);
    all_hold(&rows, |row| {
        let fit = match row.text("fit") {
            "" => None,
            fit => Some(fit == "yes"),
        };
        decided(row, temporary::may_return(fit))
    });
}

#[test]
fn how_many_assess() {
    let rows = read(include_str!("assessors.toml"), 6, &["names", "least"]);
    all_hold(&rows, |row| {
        let least = u32::try_from(row.int("least")).unwrap();
        decided(row, law::assessors(&row.texts("names"), least))
    });
}

#[test]
fn who_is_a_child() {
    let rows = read(include_str!("age.toml"), 6, &["born"]);
    all_hold(&rows, |row| {
        let born: Option<Date> = row.text("born").parse().ok();
        let decided = code(temporary::minor(born, "2026-05-12".parse().unwrap()))?;
        same("a child", decided.as_str(), row.text("expected"))?;
        // The clock fires on the same day.
        let fires = temporary::of_age_clock(born).map(|clock| clock.last_day);
        same("the day", fires, born.map(law::adult_on))
    });
}
