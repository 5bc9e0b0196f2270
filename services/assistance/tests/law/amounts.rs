//! The monthly amount to the fen (rules A3.5, A5).

use std::collections::BTreeMap;

use jiff::civil::Date;
use toml::{Table, Value};
use yiwang_assistance::domain::minimum_living::{
    amount::{self, Share},
    codes::*,
    facts::Offer,
    form::{Form, Someone},
    income::Monthly,
    jobs,
    params::Params,
};
use yiwang_civic::money::{Fen, Ratio, Rounding};

use crate::{
    build::{self, DIVISION, id_number, param_from, rules},
    eligibility::disability,
    table::{Row, all_hold, read, same},
};

#[test]
fn amounts() {
    let law = read(include_str!("amounts.toml"), 32);
    all_hold(&law.rows, |row| check(row, &law.defaults));
}

fn check(row: &Row, defaults: &Table) -> Result<(), String> {
    let mut given = defaults.clone();
    given.extend(row.child("params").0);
    let given = Row(given);
    let on: Date = given.text("on").parse().unwrap();
    let params = params(&given, on);
    let form = family(row);
    let keys: Vec<String> = form.everybody().map(|one| one.name.to_owned()).collect();
    let people: Vec<Someone<'_>> = form.everybody().collect();
    let net = match row.int("net_period_fen") {
        Some(fen) => Monthly {
            numerator: i128::from(fen),
            denominator: i128::from(row.int("period_months").unwrap()),
        },
        None => Monthly {
            numerator: i128::from(row.int("net_monthly_fen").unwrap()),
            denominator: 1,
        },
    };
    let tier = row.get("tier").and_then(Value::as_str);
    let mut shares = amount::shares(&people, net, tier, &params, on);
    let expected = row.child("expected");
    let sum = |of: fn(&Share) -> Fen| shares.iter().map(|share| of(share).0).sum::<i64>();
    same(
        "base",
        sum(|share| share.base),
        expected.int("base_fen").unwrap(),
    )?;
    same(
        "supplements",
        sum(|share| share.supplement),
        expected.int("supplements_fen").unwrap(),
    )?;
    let mut losers = jobs::losers(&form, &offers(&row.child("refusals"), &form));
    losers.extend(keys.iter().position(|key| key == row.text("deceased")));
    amount::without(&mut shares, &losers);
    let found: BTreeMap<String, i64> = shares
        .iter()
        .map(|share| (keys[share.index].clone(), share.total().0))
        .collect();
    let wanted = expected.child("shares_fen").0;
    let wanted: BTreeMap<String, i64> = wanted
        .into_iter()
        .map(|(key, fen)| (key, fen.as_integer().unwrap()))
        .collect();
    same("shares", found, wanted)?;
    same(
        "household",
        amount::total(&shares).0,
        expected.int("household_fen").unwrap(),
    )
}

fn params(given: &Row, on: Date) -> Params {
    let own = match given.int("standard_from_2026_07_01_fen") {
        Some(fen) => param_from("standard.rural", &format!("\"{}\"", Fen(fen)), "2026-07-01"),
        None => String::new(),
    };
    let mut params = Params::load(&rules(&own), DIVISION, on, Scale::Rural).unwrap();
    let standard = Fen(given.int("standard_fen").unwrap());
    if given.int("standard_from_2026_07_01_fen").is_some() {
        assert_eq!(
            params.standard, standard,
            "the standard of the day of the decision"
        );
    }
    params.standard = standard;
    let rules = &mut params.amounts;
    rules.supplements = given
        .child("supplement_percent")
        .0
        .iter()
        .map(|(code, percent)| {
            let percent = percent.as_integer().unwrap();
            (
                Category::from_code(code).unwrap(),
                Ratio::new(percent, 100).unwrap(),
            )
        })
        .collect();
    rules.one_supplement = given.flag("one_highest_per_person").unwrap();
    rules.elderly_age = given.int("elderly_age").unwrap() as u32;
    (rules.unit, rules.rounding) = match given.text("rounding") {
        "yuan_up" => (Fen(100), Rounding::Up),
        _ => (Fen(1), Rounding::Up),
    };
    rules.tiers = given
        .child("tier_fen_per_member")
        .0
        .iter()
        .map(|(tier, fen)| (tier.clone(), Fen(fen.as_integer().unwrap())))
        .collect();
    params
}

fn family(row: &Row) -> Form {
    let mut form = build::form();
    form.members.clear();
    for (at, spec) in row.list("members").iter().enumerate() {
        let birth: Date = spec.text("birth").parse().unwrap();
        let id = id_number(birth, at as u32 + 1);
        let mut about = build::about();
        about.disability = disability(spec.text("disability_kind"));
        about.disability_grade = spec.int("disability_grade").map(|grade| grade as u8);
        if spec.flag("serious_illness") == Some(true) {
            about.health = Health::Serious;
        }
        let refusals = row.child("refusals");
        if refusals.text("member") == spec.text("key")
            && refusals.flag("able_to_work") == Some(false)
        {
            about.labour = Labour::Lost;
        }
        if at == 0 {
            form.applicant.name = spec.text("key").to_owned();
            (form.applicant.id_number, form.applicant.about) = (id, about);
        } else {
            let mut member = build::member(spec.text("key"), "1990-01-01", 9, Relation::Parent);
            (member.id_number, member.about) = (id, about);
            form.members.push(member);
        }
    }
    form
}

fn offers(refusals: &Row, form: &Form) -> Vec<Offer> {
    let Some(consecutive) = refusals.int("consecutive") else {
        return Vec::new();
    };
    let one = form
        .everybody()
        .find(|one| one.name == refusals.text("member"))
        .unwrap();
    let offer = |accepted| Offer {
        id_number: one.id().unwrap().as_str().to_owned(),
        on: "2026-02-01".parse().unwrap(),
        suitable: refusals.flag("suitable").unwrap(),
        accepted,
    };
    let before = refusals.int("total").unwrap_or(consecutive) - consecutive;
    let mut offers: Vec<Offer> = (0..before).map(|_| offer(false)).collect();
    if before > 0 {
        offers.push(offer(true));
    }
    offers.extend((0..consecutive).map(|_| offer(false)));
    offers
}
