//! Whatever cases and officers there are: pages, lists, counts and jumps follow one rule.

use std::collections::BTreeSet;

use serde_json::Value;
use yiwang_casework::testing::{House, as_caller, id_number, officer};
use yiwang_chassis::identity::{Caller, Grant, Role};
use yiwang_proto::casework::v1::{self as pb, casework_server::Casework};

use super::{county, form, house, open, work};

/// A reproducible draw.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % u64::try_from(bound).unwrap()).unwrap()
    }

    fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }
}

const PLACES: &[&str] = &[
    "420323100201",
    "420323100202",
    "420323100",
    "420323101",
    "421224100",
];
const SCOPES: &[&str] = &[
    "420323100201",
    "420323100202",
    "420323100",
    "420323101",
    "420323",
    "420300",
    "420000",
    "000000",
    "421224",
    "421224100",
    "4203",
];
const ROLES: &[Role] = &[
    Role::ChildWorker,
    Role::ChildCounty,
    Role::ChildSupervisor,
    Role::TownshipOfficer,
    Role::Auditor,
    Role::CountyOfficer,
];

struct Drawn {
    number: String,
    division: &'static str,
    received_by: &'static str,
    state: &'static str,
    first_person: u32,
}

async fn draw(house: &House, dice: &mut Dice, n: u32) -> Drawn {
    let first_person = 1000 + 10 * n;
    let division = dice.of(PLACES);
    let received_by = dice.of(&["", "", "420323101", "421224100", "420323100201"]);
    let number = open(house, division, &form(first_person, received_by)).await;
    let (action, state) = dice.of(&[("visit", "open"), ("seal", "sealed"), ("end", "ended")]);
    let nation = officer(99, "部里", Role::ChildCounty, "000000");
    house
        .act(&nation, &number, action, Value::Null)
        .await
        .unwrap();
    Drawn {
        number,
        division,
        received_by,
        state,
        first_person,
    }
}

/// The rule, said once more (rules B5.1).
fn stands(caller: &Caller, case: &Drawn, on_form: bool) -> bool {
    let covers = |role: Role, division: &str| {
        caller.grants.iter().any(|grant| {
            let scope = match grant.division.as_str() {
                "420300" => "4203",
                "420000" => "42",
                "000000" => "",
                "4203" => return false,
                whole => whole,
            };
            grant.role == role && division.starts_with(scope)
        })
    };
    let line = covers(Role::ChildWorker, case.division) || covers(Role::ChildCounty, case.division);
    let named = !case.received_by.is_empty() && covers(Role::ChildSupervisor, case.received_by);
    !on_form && (line && case.state != "sealed" || named)
}

#[tokio::test]
async fn who_sees_follows_the_rule() {
    let house = house().await;
    let mut dice = Dice(7);
    let mut cases = Vec::new();
    for n in 0..40 {
        cases.push(draw(&house, &mut dice, n).await);
    }
    for round in 0..60 {
        let mut caller = officer(1000 + round, "某人", dice.of(ROLES), dice.of(SCOPES));
        for _ in 0..dice.below(3) {
            caller
                .grants
                .push(Grant::new(dice.of(ROLES), dice.of(SCOPES)));
        }
        let relative = dice.below(cases.len());
        if dice.below(2) == 0 {
            caller.person = Some(house.key(&id_number(cases[relative].first_person + 2)));
        }
        let mut expected = BTreeSet::new();
        for (index, case) in cases.iter().enumerate() {
            let on_form = caller.person.is_some() && index == relative;
            let stands = stands(&caller, case, on_form);
            let seen = house.get_as(&caller, &case.number).await;
            assert_eq!(
                seen.is_ok(),
                stands,
                "{caller:?} {} {}",
                case.division,
                case.state
            );
            if stands && case.state != "ended" {
                expected.insert(case.number.clone());
            }
        }
        let listed = work(&house, &caller, "REGION", 7).await;
        assert_eq!(listed.len(), expected.len(), "{caller:?}");
        assert_eq!(
            listed.into_iter().collect::<BTreeSet<_>>(),
            expected,
            "{caller:?}"
        );
        counts(&house, &caller, &cases, relative).await;
    }
    assert!(
        house
            .get_as(&county(), "KJ4203232605129999999X")
            .await
            .is_err()
    );
}

/// Statistics count the cases of one's region on which one stands.
async fn counts(house: &House, caller: &Caller, cases: &[Drawn], relative: usize) {
    let request = pb::GetStatisticsRequest {
        division: "420323".into(),
        ..Default::default()
    };
    let request = as_caller(caller, request);
    let Ok(counts) = house.service.get_statistics(request).await else {
        return;
    };
    let counts = counts.into_inner();
    let mut stood = 0;
    for (index, case) in cases.iter().enumerate() {
        let on_form = caller.person.is_some() && index == relative;
        stood += i64::from(stands(caller, case, on_form));
    }
    assert!(
        counts.total <= stood,
        "{caller:?}: {} of {stood}",
        counts.total
    );
    if caller.has(Role::ChildCounty, "000000") || caller.has(Role::ChildCounty, "420000") {
        let county = cases.iter().enumerate().filter(|(index, case)| {
            let on_form = caller.person.is_some() && *index == relative;
            case.division.starts_with("420323") && stands(caller, case, on_form)
        });
        assert_eq!(
            counts.total,
            i64::try_from(county.count()).unwrap(),
            "{caller:?}"
        );
    }
}
