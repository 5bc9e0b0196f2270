//! The chain of a body as tables: four papers, zones and customs, storage, numbers by region.

use jiff::civil::Date;
use yiwang_burial::domain::{
    funeral::{
        customs::{Areas, Customs},
        papers::{Certificate, Named, Papers, check},
        services::begun_hours,
        storage::{self, Limit},
    },
    zone::Zone,
};
use yiwang_casework::Context;

use crate::{
    surroundings::context,
    table::{all_hold, read, same},
};

const DEAD: Named<'_> = Named {
    name: "张德福",
    number: "422325194501011234",
};
const HANDLER: Named<'_> = Named {
    name: "张伟",
    number: "422325197203044321",
};
const OTHER: Named<'_> = Named {
    name: "李强",
    number: "422325197001010011",
};
const NAMELESS: Named<'_> = Named {
    name: "无",
    number: "",
};
const TAG: &str = "421224100-BY01-26-00017";

#[test]
fn four_papers() {
    let rows = read(
        include_str!("cremation.toml"),
        19,
        &[
            "tag",
            "certificate",
            "certificate_name",
            "certificate_person",
            "dead_shown",
            "confirmed",
            "handler_shown",
            "held",
            "cremated",
            "fits_cause",
            "nameless",
        ],
    );
    all_hold(&rows, |row| {
        let dead = if row.flag("nameless") { NAMELESS } else { DEAD };
        let equal = |key: &str, own: Named<'static>| match row.text(key) {
            "match" => own,
            _ => OTHER,
        };
        let certificate = Certificate {
            name: equal("certificate_name", dead).name,
            same_person: row.text("certificate_person") == "match",
            voided: row.text("certificate") == "voided",
        };
        let small = TAG.to_lowercase();
        let papers = Papers {
            dead,
            dead_shown: equal("dead_shown", dead),
            certificate: (row.text("certificate") != "missing").then_some(certificate),
            confirmed_by: match row.text("confirmed") {
                "handler" => Some(HANDLER),
                "other" => Some(OTHER),
                _ => None,
            },
            handler: HANDLER,
            handler_shown: equal("handler_shown", HANDLER),
            tag: (row.text("tag") != "none").then_some(TAG),
            tag_scanned: match row.text("tag") {
                "other" => "421224100-BY01-26-00018",
                "small" => &small,
                _ => TAG,
            },
            held_by: row.flag("held").then_some(("公安机关", "通公〔2026〕8号")),
            cremated: row.flag("cremated"),
            fits_cause: row.flag("fits_cause"),
        };
        let found = check(&papers).err();
        if let Some(refusal) = &found {
            // Each says what to do.
            same("a sentence", refusal.message.ends_with('。'), true)?;
        }
        same(
            "papers",
            found.map_or("ALLOWED", |it| it.code),
            row.text("expected"),
        )
    });
}

fn area(code: &str) -> Option<Zone> {
    Zone::from_code(code)
}

#[test]
fn zones_and_customs() {
    let inputs = [
        "death",
        "household",
        "ethnicity",
        "voluntary",
        "by_household",
        "division",
    ];
    let rows = read(include_str!("customs.toml"), 14, &inputs);
    all_hold(&rows, |row| {
        let cx = Context {
            division: row.text("division"),
            ..context("2026-05-12T09:00".parse().unwrap())
        };
        let customs = Customs {
            by_household: row.flag("by_household"),
            ..Customs::load(&cx).unwrap()
        };
        let areas = Areas {
            death: area(row.text("death")),
            household: area(row.text("household")),
        };
        let ethnicity = row.text("ethnicity");
        let may = customs.may_cremate(areas, ethnicity, row.flag("voluntary"));
        let found = match may {
            Err(refusal) => refusal.code,
            Ok(()) if customs.must_cremate(areas, ethnicity) => "CREMATE",
            Ok(()) => "FREE",
        };
        same("zone", found, row.text("expected"))
    });
}

#[test]
fn days_of_storage() {
    let rows = read(
        include_str!("storage.toml"),
        10,
        &["division", "received", "extend", "permitted"],
    );
    all_hold(&rows, |row| {
        let received: Date = row.parse("received");
        let cx = Context {
            division: row.text("division"),
            ..context(received.at(9, 0, 0, 0))
        };
        let usual = storage::usual(received, count(&cx, "burial.storage.days"));
        let limit = Limit {
            received_on: received,
            home_days: count(&cx, "burial.storage.home_days"),
        };
        let found = match u32::try_from(row.int("extend")) {
            Err(_) => Ok(usual),
            Ok(days) => limit.extended(usual, days, row.flag("permitted")),
        };
        let found = found.map_or_else(|it| it.code.to_owned(), |day| day.to_string());
        same("last day", found.as_str(), row.text("expected"))
    });
}

fn count(cx: &Context<'_>, rule: &str) -> u32 {
    cx.rule(rule).unwrap().count().unwrap()
}

#[test]
fn numbers_by_region() {
    let rows = read(
        include_str!("chain_numbers.toml"),
        17,
        &["rule", "division"],
    );
    all_hold(&rows, |row| {
        let cx = Context {
            division: row.text("division"),
            ..context("2026-05-12T09:00".parse().unwrap())
        };
        let found = i64::from(count(&cx, row.text("rule")));
        same("number", found, row.int("expected"))
    });
}

#[test]
fn a_begun_hour_is_an_hour() {
    let at = |text: &str| text.parse().unwrap();
    let from = at("2026-05-12T01:00:00Z");
    assert_eq!(begun_hours(from, from), 0);
    assert_eq!(begun_hours(from, at("2026-05-12T01:00:01Z")), 1);
    assert_eq!(begun_hours(from, at("2026-05-15T01:00:00Z")), 72);
    assert_eq!(begun_hours(from, at("2026-05-15T01:00:01Z")), 73);
}
