//! Who counts, what counts, and the test (rules A3.1 to A3.4).

use jiff::civil::Date;
use toml::{Table, Value};
use yiwang_assistance::domain::minimum_living::{
    assess::{Assessment, Class, Input, assess},
    codes::*,
    findings::Findings,
    form::{Circumstances, Form, Member, Uncounted, VehicleRow},
    household::Household,
    params::Params,
};
use yiwang_civic::{money::Fen, time::Month};

use crate::{
    build::{self, DIVISION, id_number, param, rules},
    table::{Row, all_hold, read, same},
};

#[test]
fn eligibility() {
    let law = read(include_str!("eligibility.toml"), 59);
    all_hold(&law.rows, |row| check(row, &law.defaults));
}

fn check(row: &Row, defaults: &Table) -> Result<(), String> {
    let on: Date = row.text("on").parse().unwrap();
    let keys: Vec<String> = row
        .list("members")
        .iter()
        .map(|m| m.text("key").to_owned())
        .collect();
    let form = family(row, on);
    let params = params(row, defaults, on);
    let findings = Findings {
        not_applying: (0..keys.len())
            .filter(|at| row.list("members")[*at].flag("applied") == Some(false))
            .collect(),
        ..Findings::default()
    };
    let input = Input {
        form: &form,
        findings: &findings,
        dead: &[],
        tier: None,
        params: &params,
        day: on,
    };
    compare(&row.child("expected"), &keys, &assess(input))
}

fn compare(expected: &Row, keys: &[String], found: &Assessment) -> Result<(), String> {
    let counted: Vec<String> = found.supported.iter().map(|at| keys[*at].clone()).collect();
    same("counted", counted, expected.texts("counted"))?;
    if let Some(n) = expected.int("n") {
        same("n", found.supported.len() as i64, n)?;
    }
    if let Some(net) = expected.get("net_monthly_fen") {
        let (num, den) = fraction(net);
        same(
            "net",
            found.net.numerator * den,
            num * found.net.denominator,
        )?;
    }
    if let Some(fen) = expected.int("per_head_fen") {
        same("per head", found.per_head.floor(), fen)?;
    }
    if let Some(exact) = expected.get("per_head_exact") {
        let (num, den) = fraction(exact);
        same(
            "per head",
            found.per_head.numerator * den,
            num * found.per_head.denominator,
        )?;
    }
    if let Some(fen) = expected.int("family_per_head_fen") {
        same("family per head", found.family_per_head.floor(), fen)?;
    }
    if let Some(n) = expected.int("family_n") {
        same("family n", found.household.counted.len() as i64, n)?;
    }
    if let Some(ok) = expected.flag("property_ok") {
        same("property", found.property.is_empty(), ok)?;
    }
    let reasons: Vec<String> = found.reasons.iter().map(|r| r.code().to_owned()).collect();
    same("reasons", reasons, expected.texts("reasons"))?;
    let result = match found.class {
        Class::MinimumLiving => "DB",
        Class::SinglePerson => "DB-S",
        Class::Edge | Class::Neither => "not",
    };
    same("result", result, expected.text("result"))
}

fn fraction(value: &Value) -> (i128, i128) {
    match value {
        Value::Integer(fen) => (i128::from(*fen), 1),
        Value::String(text) => {
            let (num, den) = text.split_once('/').unwrap();
            (num.parse().unwrap(), den.parse().unwrap())
        }
        other => panic!("{other:?}"),
    }
}

fn params(row: &Row, defaults: &Table, on: Date) -> Params {
    let mut given = defaults.clone();
    given.extend(row.child("params").0);
    let given = Row(given);
    let pension = given.text("basic_pension_not_counted_until");
    let mut own = String::new();
    let mut list: Vec<&str> = given
        .texts("not_counted")
        .iter()
        .map(|kind| uncounted(kind).unwrap().code())
        .collect();
    list.dedup();
    let always = format!("{list:?}");
    list.push("basic_pension");
    let until = format!("{list:?}");
    let until_day: Date = pension.parse().unwrap();
    own += &param("uncounted_income", &until);
    own += &build::param_from(
        "uncounted_income",
        &always,
        &until_day.tomorrow().unwrap().to_string(),
    );
    // The parameter list is read for the months before the month of the application.
    let period = row.child("period");
    let day = match period.text("to") {
        "" => on,
        to => to.parse::<Month>().unwrap().next().first_day(),
    };
    let mut params = Params::load(&rules(&own), DIVISION, day, Scale::Rural).unwrap();
    params.standard = Fen(given.int("standard_fen").unwrap());
    let ratio = given.get("edge_ratio").unwrap().as_float().unwrap();
    params.edge_ratio = format!("{ratio}").parse().unwrap();
    params.property.financial_multiple = given.int("financial_multiple").unwrap();
    params.property.dwellings = u32::try_from(given.int("dwellings_max").unwrap()).unwrap();
    params.property.exempt_vehicles = given
        .texts("exempt_vehicles")
        .iter()
        .map(|kind| vehicle(kind))
        .collect();
    params
}

fn uncounted(kind: &str) -> Option<UncountedKind> {
    Some(match kind {
        "preferential_pension" => UncountedKind::Veteran,
        "family_planning_award" => UncountedKind::FamilyPlanning,
        "scholarship" => UncountedKind::Scholarship,
        "bravery_award" => UncountedKind::Bravery,
        "social_assistance" => UncountedKind::Assistance,
        "disability_living_subsidy" | "disability_care_subsidy" => UncountedKind::DisabilitySubsidy,
        "factual_orphan_subsidy" => UncountedKind::FactualOrphan,
        "resident_pension_basic" => UncountedKind::BasicPension,
        "old_age_allowance" => UncountedKind::OldAge,
        _ => return None,
    })
}

fn vehicle(kind: &str) -> Vehicle {
    match kind {
        "car" => Vehicle::Car,
        "petrol_motorbike" => Vehicle::Motorbike,
        "e_bike" => Vehicle::Ebike,
        "disabled_scooter" => Vehicle::Scooter,
        other => panic!("{other}"),
    }
}

/// The form a family of this row would hand in. Property is asked of the
/// persons who live together, so what others own does not stand on it.
fn family(row: &Row, on: Date) -> Form {
    let mut form = build::form();
    form.applicant.about.income = Default::default();
    form.assets.financial = Fen::ZERO;
    form.members.clear();
    for (at, spec) in row.list("members").iter().enumerate() {
        let birth: Date = spec.text("birth").parse().unwrap();
        let id = id_number(birth, at as u32 + 1);
        let about = person(row, spec, on);
        if at == 0 {
            (form.applicant.id_number, form.applicant.about) = (id, about);
            form.applicant.name = spec.text("key").to_owned();
        } else {
            let relation = relation(spec);
            form.members.push(Member {
                name: spec.text("key").to_owned(),
                id_number: id,
                relation,
                about,
            });
        }
    }
    if row.text("application") == "single" {
        form.scope = Scope::Single;
        form.single_person = row.text("person").to_owned();
    }
    for entry in row.list("income") {
        let yearly = Fen(entry.int("monthly_fen").unwrap() * 12);
        if let Some(kind) = uncounted(entry.text("kind")) {
            form.uncounted.push(Uncounted { kind, yearly });
        }
    }
    for entry in row.list("rigid_costs") {
        let yearly = entry.int("monthly_fen").unwrap() * 12;
        match entry.text("kind") {
            "illness" => form.rigid_costs.medical.0 += yearly,
            "disability" => form.rigid_costs.rehabilitation.0 += yearly,
            // Not asked for this item.
            _ => {}
        }
    }
    property(row, &mut form, on);
    form
}

fn property(row: &Row, form: &mut Form, on: Date) {
    let counted = Household::of(form, &[], on).counted;
    let names: Vec<String> = form
        .everybody()
        .filter(|one| counted.contains(&one.index))
        .map(|one| one.name.to_owned())
        .collect();
    let ours = |entry: &Row| names.iter().any(|name| name == entry.text("member"));
    for entry in row.list("financial").iter().filter(|entry| ours(entry)) {
        form.assets.financial.0 += entry.int("fen").unwrap();
    }
    let dwellings = row.list("dwellings");
    let count: i64 = dwellings
        .iter()
        .filter(|e| ours(e))
        .filter_map(|e| e.int("count"))
        .sum();
    form.assets.dwellings = u8::try_from(count).unwrap();
    for entry in row.list("vehicles").iter().filter(|entry| ours(entry)) {
        form.assets.vehicles.push(VehicleRow {
            kind: vehicle(entry.text("kind")),
        });
    }
    for entry in row.list("businesses").iter().filter(|entry| ours(entry)) {
        form.assets.business = match entry.text("kind") {
            "company" => Business::Company,
            _ => Business::SmallShop,
        };
    }
}

fn relation(spec: &Row) -> Relation {
    match spec.text("relation") {
        "spouse" => Relation::Spouse,
        "child" => Relation::Child,
        "parent" => Relation::Parent,
        "other" if spec.flag("legal_duty") == Some(true) => Relation::Grandchild,
        "other" => Relation::Other,
        relation => panic!("{relation}"),
    }
}

fn person(row: &Row, spec: &Row, on: Date) -> Circumstances {
    let mut about = build::about();
    if spec.flag("lives_together") == Some(false) {
        about.situation = Situation::Apart;
    }
    match spec.text("status") {
        "prison" => about.situation = Situation::Prison,
        "compulsory_detox" => about.situation = Situation::Detention,
        "declared_missing" => about.situation = Situation::Missing,
        "missing_not_declared" => about.situation = Situation::Apart,
        _ => {}
    }
    if let Some(years) = spec.int("clergy_apart_years") {
        about.situation = Situation::Clergy;
        about.situation_since = Some(on.checked_sub(jiff::Span::new().years(years)).unwrap());
    }
    about.student = match (spec.text("student"), spec.flag("full_time")) {
        ("", _) => Student::None,
        ("undergraduate", Some(false)) => Student::PartTime,
        ("undergraduate", _) => Student::Undergraduate,
        ("master", _) => Student::Postgraduate,
        (other, _) => panic!("{other}"),
    };
    if spec.flag("cannot_live_independently") == Some(true) {
        about.labour = Labour::Lost;
    }
    about.disability = disability(spec.text("disability_kind"));
    about.disability_grade = spec.int("disability_grade").map(|grade| grade as u8);
    if spec.flag("serious_illness") == Some(true) {
        about.health = Health::Serious;
    }
    for entry in row
        .list("income")
        .iter()
        .filter(|e| e.text("member") == spec.text("key"))
    {
        let fen = entry.int("monthly_fen").unwrap();
        let income = &mut about.income;
        match entry.text("kind") {
            "wage" => income.wage.0 += fen,
            "business" => income.business.0 += fen,
            "property" => income.property.0 += fen,
            "transfer" => income.transfer.0 += fen,
            "other" => income.other.0 += fen,
            kind => assert!(uncounted(kind).is_some(), "{kind}"),
        }
    }
    for entry in row
        .list("job_costs")
        .iter()
        .filter(|e| e.text("member") == spec.text("key"))
    {
        about.income.job_costs.0 += entry.int("monthly_fen").unwrap();
    }
    about
}

pub(crate) fn disability(kind: &str) -> Disability {
    match kind {
        "" => Disability::None,
        "physical" => Disability::Limbs,
        "visual" => Disability::Sight,
        "mental" => Disability::Mental,
        "intellectual" => Disability::Intellectual,
        other => panic!("{other}"),
    }
}
