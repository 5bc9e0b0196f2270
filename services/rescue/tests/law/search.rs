//! The clocks of the search, their order, what is published (rules R06, R10, C5.4, C5.7).

use std::sync::LazyLock;

use jiff::{Timestamp, civil::Date, civil::DateTime, tz};
use uuid::Uuid;
use yiwang_casework::{Actor, Context};
use yiwang_civic::{calendar::WorkCalendar, params::RuleBook, time};
use yiwang_rescue::domain::search::{
    Basics, Begin, Cause, Done, Kind, Law, Photo, PublishLaw, Search, public,
};

use crate::table::{Row, all_hold, read, same};

static RULES: LazyLock<RuleBook> = LazyLock::new(|| RuleBook::parse(yiwang_rescue::RULES).unwrap());
static CLOCK: Actor = Actor::System(String::new());

fn context(now: Timestamp) -> Context<'static> {
    Context {
        now,
        actor: &CLOCK,
        calendar: WorkCalendar::embedded(),
        rules: &RULES,
        division: "421202001",
        county: "421202",
    }
}

fn instant(text: &str) -> Timestamp {
    let at: DateTime = text.parse().unwrap();
    tz::offset(8).to_timestamp(at).unwrap()
}

/// A day: its 24th hour; otherwise that minute.
fn limit(text: &str) -> Timestamp {
    match text.parse::<Date>() {
        Ok(day) if !text.contains('T') => time::end_of_day(day),
        _ => instant(text),
    }
}

fn step(at: Timestamp) -> Done {
    Done {
        at,
        by: "周敏".to_owned(),
        record: String::new(),
    }
}

/// A search from its entry through what a row says was done.
struct Story {
    entered: Timestamp,
    law: Law<'static>,
    search: Search,
}

impl Story {
    fn of(row: &Row, entered: &str) -> Self {
        let entered = instant(entered);
        let law = Law::load(&context(entered)).unwrap();
        let begin = Begin {
            entered_at: entered,
            suspected_at: row.has("suspected").then(|| instant(row.text("suspected"))),
            publishable: row.flag("publishable"),
        };
        let mut story = Self {
            entered,
            search: Search::begin(begin, &law),
            law,
        };
        let mut identified = None;
        for done in row.texts("done") {
            let (what, at) = done.split_once('@').unwrap();
            let at = instant(at);
            let (search, law) = (&mut story.search, &story.law);
            match what {
                "identified" => {
                    identified = Some(at);
                    search.identified(search.was_done(Kind::Publish), at, law);
                }
                "taken_back" => search.unidentified(identified.unwrap(), at, law),
                "withdrawn" => search.withdrawn(at, law),
                "settled" => search.settled(at, law),
                "left" => search.left(at),
                code => {
                    let kind = Kind::from_code(code).unwrap();
                    search.done(kind, step(at), law).unwrap();
                }
            }
        }
        story
    }

    fn verdict(&mut self, kind: Kind, at: Timestamp) -> String {
        if kind == Kind::Settle
            && let Err(refusal) = self.search.may_settle(self.entered, at, &self.law)
        {
            if refusal.code != "SEARCH_INCOMPLETE" {
                return refusal.code.to_owned();
            }
            let steps = refusal.fields.iter().map(|field| {
                let code = field.field.strip_prefix("/steps/");
                code.unwrap().to_owned()
            });
            return steps.collect::<Vec<_>>().join(" ");
        }
        match self.search.done(kind, step(at), &self.law) {
            Ok(late) => if late { "late" } else { "ok" }.to_owned(),
            Err(refusal) => refusal.code.to_owned(),
        }
    }
}

const DUE: [&str; 6] = [
    "entered",
    "step",
    "suspected",
    "publishable",
    "provisional",
    "done",
];

#[test]
fn due() {
    all_hold(&read(include_str!("search_due.toml"), 83, &DUE), |row| {
        let story = Story::of(row, row.text("entered"));
        let law = row.text("expected");
        match row.text("step") {
            "stranded_on" => {
                let found = story.law.stranded_on(story.entered);
                return same("stranded on", found, law.parse().unwrap());
            }
            "settle_from" => {
                let found = story.law.settle_from(story.entered);
                let day = time::start_of_day(law.parse().unwrap());
                return same("settlement from", found, day);
            }
            _ => {}
        }
        let kind = Kind::from_code(row.text("step")).unwrap();
        let found = story.search.waiting(kind);
        let expected = (law != "none").then(|| limit(law));
        same("due", found.map(|step| step.due_at), expected)?;
        let provisional = found.is_some_and(|step| step.provisional);
        same("provisional", provisional, row.flag("provisional"))
    });
}

const ORDER: [&str; 5] = ["step", "at", "suspected", "publishable", "done"];

#[test]
fn order() {
    all_hold(
        &read(include_str!("search_order.toml"), 51, &ORDER),
        |row| {
            let mut story = Story::of(row, "2026-05-12T09:00");
            let kind = Kind::from_code(row.text("step")).unwrap();
            let at = instant(row.text("at"));
            let due = story.search.waiting(kind).map(|step| step.due_at);
            let found = story.verdict(kind, at);
            same("step", found.as_str(), row.text("expected"))?;
            if !matches!(found.as_str(), "ok" | "late") {
                return Ok(());
            }
            // It was done now, against the limit it had: neither is moved.
            let mut steps = story.search.steps.iter();
            let done = steps.find(|step| step.kind == kind && step.done == Some(self::step(at)));
            same("limit kept", done.map(|step| step.due_at), due)?;
            let years_later = instant("2036-01-01T00:00");
            let late = done.is_some_and(|step| step.is_late(years_later));
            same("late stays late", late, found == "late")
        },
    );
}

const PUBLIC: [&str; 9] = [
    "minor",
    "cause",
    "name",
    "marks",
    "clothes",
    "told_places",
    "age_from",
    "age_to",
    "photo",
];

fn shown(row: &Row) -> String {
    let age = |key: &str| u16::try_from(row.int(key)).unwrap();
    let photo = row.flag("photo").then(|| Photo {
        file: Uuid::from_u128(7),
        sha256: String::new(),
    });
    let basics = Basics {
        minor: row.flag("minor"),
        cause: Cause::from_code(row.text("cause")),
        name: row.text("name"),
        sex: "female",
        age: (age("age_from"), age("age_to")),
        height: Some(158),
        accent: "陕南口音",
        told_places: row.text("told_places"),
        marks: row.text("marks"),
        clothes: row.text("clothes"),
        found_on: "2026-05-12".parse().unwrap(),
        found_at: "咸宁北站广场",
        photo,
    };
    let law = PublishLaw::load(&context(instant("2026-05-12T09:00"))).unwrap();
    let notice = match public(&basics, law) {
        Ok(notice) => notice,
        Err(refusal) => match refusal.fields.first() {
            Some(field) => return format!("{} {}", field.reason, field.field),
            None => return refusal.code.to_owned(),
        },
    };
    let there = [
        ("photo", notice.photo.is_some()),
        ("name", !notice.name.is_empty()),
        ("height", notice.height.is_some()),
        ("accent", !notice.accent.is_empty()),
        ("told_places", !notice.told_places.is_empty()),
        ("marks", !notice.marks.is_empty()),
        ("clothes", !notice.clothes.is_empty()),
        ("found_at", !notice.found_at.is_empty()),
        ("reduced", notice.reduced),
    ];
    let mut words: Vec<&str> = there
        .iter()
        .filter_map(|(word, there)| there.then_some(*word))
        .collect();
    if !notice.name.is_empty() {
        words.push(&notice.name);
    }
    let day = if notice.reduced {
        "2026-05"
    } else {
        "2026-05-12"
    };
    assert_eq!(notice.found_on, day, "{}", row.text("id"));
    words.join(" ")
}

#[test]
fn published() {
    let rows = read(include_str!("search_public.toml"), 26, &PUBLIC);
    all_hold(&rows, |row| {
        same("notice", shown(row).as_str(), row.text("expected"))
    });
}
