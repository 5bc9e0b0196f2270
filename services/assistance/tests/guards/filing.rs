//! Handing in: who files, what is told, who is meant.

use serde_json::json;
use yiwang_assistance::domain::minimum_living::{
    MinimumLiving, World,
    assess::{Class, Input, assess},
    codes::*,
    findings::Findings,
    form::Form,
    params::Params,
    state::State,
    world::Supported,
};
use yiwang_casework::{Actor, Item, Material};
use yiwang_chassis::identity::Role;
use yiwang_civic::money::Fen;

use crate::{
    act,
    build::{DIVISION, at, context, form, member, officer, rules},
    file, refused,
};

fn citizen(person: Option<&str>) -> Actor {
    Actor::Citizen {
        account: uuid::Uuid::nil(),
        person: person.map(str::to_owned),
    }
}

fn mandate(code: &str) -> Material {
    Material {
        code: code.to_owned(),
        file_id: "1".to_owned(),
        file_name: "委托书.jpg".to_owned(),
        media_type: "image/jpeg".to_owned(),
        size: 1,
        sha256: String::new(),
    }
}

/// Alone: 李桂芳, severely disabled, out of an edge family.
fn alone() -> Form {
    let mut form = form();
    form.scope = Scope::Single;
    form.single_person = "李桂芳".to_owned();
    form.applicant.about.income.wage = Fen(150_000);
    form.members[0].about.disability = Disability::Limbs;
    form.members[0].about.disability_grade = Some(1);
    form
}

/// What, the form, whose account, materials, who draws support, the error.
type Filing<'a> = (
    &'a str,
    Form,
    Option<&'a str>,
    &'a [Material],
    &'a [usize],
    &'a str,
);

#[test]
fn an_agent_needs_a_mandate_and_only_the_family_is_told_of_support() {
    let agent = Some("agent");
    let rows: &[Filing] = &[
        ("the applicant", form(), Some("key-0"), &[], &[], ""),
        ("an agent", form(), agent, &[], &[], "/materials"),
        (
            "no person",
            form(),
            None,
            &[mandate("other")],
            &[],
            "/materials",
        ),
        ("a mandate", form(), agent, &[mandate("mandate")], &[], ""),
        (
            "drawn",
            form(),
            Some("key-0"),
            &[],
            &[1],
            "ALREADY_SUPPORTED",
        ),
        (
            "an agent learns nothing",
            form(),
            agent,
            &[mandate("mandate")],
            &[1],
            "",
        ),
        (
            "alone, others draw",
            alone(),
            Some("key-0"),
            &[],
            &[0, 2],
            "",
        ),
        (
            "alone, draws",
            alone(),
            Some("key-0"),
            &[],
            &[1],
            "ALREADY_SUPPORTED",
        ),
    ];
    let rules = rules("");
    for (what, form, person, materials, drawn, expected) in rows {
        let actor = citizen(*person);
        let world = World {
            keys: (0..3).map(|at| format!("key-{at}")).collect(),
            supported: drawn
                .iter()
                .map(|index| Supported {
                    index: *index,
                    benefit: "TK".to_owned(),
                })
                .collect(),
            ..World::default()
        };
        let cx = context(&actor, at("2026-07-06"), &rules);
        let found = match MinimumLiving::submit(form, materials, &cx, &world) {
            Ok(_) => String::new(),
            Err(refusal) => {
                for secret in ["李桂芳", "王小明", "特困", "低保"] {
                    assert!(!refusal.message.contains(secret), "{what}: {refusal:?}");
                }
                let field = refusal.fields.first().map(|error| error.field.clone());
                field.unwrap_or_else(|| refusal.code.to_owned())
            }
        };
        assert_eq!(found, *expected, "{what}");
    }
}

#[test]
fn of_two_with_one_name_the_id_number_tells_which() {
    let mut case = file(State::InPayment);
    let same = member("李桂芳", "1950-01-01", 9, Relation::Parent);
    case.form.members.push(same);
    let numbers = crate::build::ids(&case.form);
    assert_eq!(case.form.named("李桂芳"), [1, 3]);
    let clerk = officer("u9", Role::Clerk);
    let rows = [
        ("李桂芳", None),
        ("谁", None),
        ("", None),
        (numbers[1].as_str(), Some(&numbers[1])),
        (numbers[3].as_str(), Some(&numbers[3])),
        ("王乐乐", Some(&numbers[2])),
    ];
    for (name, meant) in rows {
        let data = json!({ "name": name, "died_on": "2026-07-01" });
        let found = act(&case, &clerk, "report_death", data);
        match (found, meant) {
            (Ok(decision), Some(id)) => {
                assert_eq!(&decision.facts.deaths[0].id_number, id, "{name}");
            }
            (Err(refusal), None) => assert_eq!(refusal.fields[0].field, "/name", "{name}"),
            (found, _) => panic!("{name}: {found:?}"),
        }
        let offer =
            json!({ "name": name, "on": "2026-07-01", "suitable": true, "accepted": false });
        let found = act(&case, &clerk, "record_job_offer", offer);
        let offered = found.ok().map(|d| d.facts.offers[0].id_number.clone());
        assert_eq!(offered.as_ref(), meant, "{name}");
    }
}

#[test]
fn one_who_applies_alone_and_shares_a_name_gives_the_id_number() {
    let mut case = file(State::Correction);
    case.form = alone();
    let same = member("李桂芳", "1950-01-01", 9, Relation::Parent);
    case.form.members.push(same);
    let numbers = crate::build::ids(&case.form);
    let correct = |name: &str| {
        let mut form = case.form.clone();
        form.single_person = name.to_owned();
        let data = json!({ "form": form, "materials": [] });
        act(&case, &citizen(Some("key-0")), "correct", data)
    };
    let refusal = correct("李桂芳").unwrap_err();
    assert_eq!(refusal.fields[0].field, "/form/single_person");
    for index in [1, 3] {
        let form = correct(&numbers[index]).unwrap().form.unwrap();
        assert_eq!(form.single_index(), index);
    }
    assert_eq!(refused(&correct("谁")), "INVALID_INPUT");
}

#[test]
fn one_alone_is_measured_by_what_the_office_found() {
    let day = at("2026-07-06");
    let rules = rules("");
    let params = Params::load(
        &rules,
        DIVISION,
        yiwang_civic::time::beijing_date(day),
        Scale::Rural,
    )
    .unwrap();
    let mut form = alone();
    // 1500 a month for three: between the standard and the edge of 570.
    form.applicant.about.income.wage = Fen(130_000);
    let rows = [
        (None, Class::SinglePerson, 38_000),
        (Some(Fen(12 * 10_000)), Class::SinglePerson, 28_000),
        (Some(Fen(12 * 38_000)), Class::Neither, 0),
    ];
    for (single_income, class, monthly) in rows {
        let findings = Findings {
            single_income,
            ..Findings::default()
        };
        let found = assess(Input {
            form: &form,
            findings: &findings,
            dead: &[],
            tier: None,
            params: &params,
            day: yiwang_civic::time::beijing_date(day),
        });
        assert_eq!(found.class, class, "{single_income:?} {:?}", found.reasons);
        assert_eq!(found.monthly(), Fen(monthly), "{single_income:?}");
    }
}
