//! Death certificates (rules F01): who signs, until when, under which number, for whom, and
//! what becomes of the four parts; over 2026-07-01 (DC13, DC26) and 2027-01-01. Declarations
//! of death by a court (民法典 46, 48).

use jiff::civil::Date;
use yiwang_burial::domain::{
    death::{CauseClass, DeathState, Use, UsedFor},
    death_certificate::law::{
        applicant::Relation,
        clocks::Limits,
        number::{self, Scheme, lookup_text},
        parts::{Part, correctable, reissued},
        signer::{Circumstances, PlaceKind, SignerRules, asks_village_proof, signer},
    },
    death_declaration::law::{Ground, Years, day_of_death},
    document::DeadDocument,
};

use crate::{
    surroundings::context,
    table::{all_hold, read, same},
};

#[test]
fn signers() {
    let inputs = [
        "place",
        "cause",
        "treated",
        "police_excluded",
        "signed_on",
        "village_proof",
    ];
    all_hold(
        &read(include_str!("deaths/signer.toml"), 18, &inputs),
        |row| {
            let of = Circumstances {
                place: PlaceKind::from_code(row.text("place")).unwrap(),
                cause: CauseClass::from_code(row.text("cause")).unwrap(),
                treated: row.flag("treated"),
                police_excluded: row.flag("police_excluded"),
            };
            let on: Date = row.parse("signed_on");
            let rules = SignerRules::load(&context(on.at(9, 0, 0, 0)), on).unwrap();
            same(
                "proof",
                asks_village_proof(of, rules),
                row.flag("village_proof"),
            )?;
            same("signer", signer(of, rules).code(), row.text("expected"))
        },
    );
}

#[test]
fn limits() {
    let inputs = [
        "cause",
        "died_on",
        "signed_on",
        "sign",
        "report",
        "exchange",
    ];
    all_hold(
        &read(include_str!("deaths/limits.toml"), 8, &inputs),
        |row| {
            let (died, on): (Date, Date) = (row.parse("died_on"), row.parse("signed_on"));
            let cause = CauseClass::from_code(row.text("cause")).unwrap();
            let limits = Limits::load(&context(on.at(9, 0, 0, 0)), died, on, cause).unwrap();
            let day = |day: Option<Date>| day.map_or("none".to_owned(), |day| day.to_string());
            let exchange = limits.exchange_electronic.map(|due| due.last_day);
            let report = limits.report_paper.last_day.to_string();
            same("sign", day(limits.sign).as_str(), row.text("sign"))?;
            same("report", report.as_str(), row.text("report"))?;
            same("exchange", day(exchange).as_str(), row.text("exchange"))?;
            let forms = if limits.both_forms { "both" } else { "one" };
            same("forms", forms, row.text("expected"))
        },
    );
}

#[test]
fn numbers() {
    let inputs = [
        "document",
        "country",
        "id_number",
        "number",
        "issuer",
        "signed_on",
        "found_by",
    ];
    all_hold(
        &read(include_str!("deaths/numbers.toml"), 14, &inputs),
        |row| {
            let on: Date = row.parse("signed_on");
            let cx = context(on.at(9, 0, 0, 0));
            let scheme = Scheme::load(cx.rules, cx.division, on).unwrap();
            let kind = DeadDocument::from_code(row.text("document")).unwrap();
            let document = kind
                .read(row.text("country"), row.text("id_number"))
                .unwrap();
            let issuer = row.parse("issuer");
            let found = number::check(row.text("number"), document.as_ref(), Some(&issuer), scheme);
            match found {
                Ok(number) => {
                    same(
                        "key",
                        lookup_text(&number, on.year()).as_str(),
                        row.text("found_by"),
                    )?;
                    same("number", "ok", row.text("expected"))
                }
                Err(error) => same("number", error.reason(), row.text("expected")),
            }
        },
    );
}

#[test]
fn applicants() {
    let inputs = ["relation", "nameless"];
    all_hold(
        &read(include_str!("deaths/applicants.toml"), 11, &inputs),
        |row| {
            let relation = Relation::from_code(row.text("relation")).unwrap();
            let may = relation.may_apply(row.flag("nameless"));
            same(
                "applicant",
                if may { "ok" } else { "NOT_A_RELATIVE" },
                row.text("expected"),
            )
        },
    );
}

#[test]
fn parts() {
    let inputs = ["act", "state", "used", "reissued_before"];
    all_hold(
        &read(include_str!("deaths/parts.toml"), 12, &inputs),
        |row| {
            let state = DeathState::from_code(row.text("state")).unwrap();
            let uses: Vec<Use> = row.texts("used").into_iter().map(used).collect();
            let found = match row.text("act") {
                "reissue" => reissued(state, &uses, row.flag("reissued_before")).map(shown),
                "correct" => correctable(state, &uses, false).map(|()| "ok".to_owned()),
                "correct_identity" => correctable(state, &uses, true).map(|()| "ok".to_owned()),
                act => panic!("{act}"),
            };
            let found = found.unwrap_or_else(|error| error.reason().to_owned());
            same("paper", found.as_str(), row.text("expected"))
        },
    );
}

#[test]
fn declarations() {
    let inputs = ["ground", "since", "judged_on"];
    all_hold(
        &read(include_str!("deaths/declaration.toml"), 8, &inputs),
        |row| {
            let (since, on): (Date, Date) = (row.parse("since"), row.parse("judged_on"));
            let ground = Ground::from_code(row.text("ground")).unwrap();
            let years = Years::load(&context(on.at(9, 0, 0, 0)), on).unwrap();
            let found = match on < years.earliest(ground, since) {
                true => "TOO_EARLY".to_owned(),
                false => day_of_death(ground, since, on).to_string(),
            };
            same("day of death", found.as_str(), row.text("expected"))
        },
    );
}

fn used(code: &str) -> Use {
    Use {
        used_for: UsedFor::from_code(code).unwrap(),
        at: jiff::Timestamp::UNIX_EPOCH,
        by: "通山县公安局".to_owned(),
        case_number: String::new(),
    }
}

/// Numbers of the parts.
fn shown(parts: &[Part]) -> String {
    let numbers = parts.iter().map(|part| match part {
        Part::Signer => "1",
        Part::Police => "2",
        Part::Family => "3",
        Part::FuneralHome => "4",
    });
    numbers.collect::<Vec<_>>().join(",")
}
