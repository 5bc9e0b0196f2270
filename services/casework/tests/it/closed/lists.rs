//! Lists, pages and counts hold what the caller stands on, and nothing else.

use std::collections::BTreeSet;

use serde_json::Value;
use yiwang_casework::testing::{House, as_caller, id_number, officer};
use yiwang_chassis::identity::{Caller, Role};
use yiwang_proto::casework::v1::{self as pb, casework_server::Casework};

use super::{ELSEWHERE, VILLAGE, county, form, house, open, work};

async fn total(house: &House, caller: &Caller) -> i64 {
    let request = as_caller(caller, pb::GetStatisticsRequest::default());
    let counts = house.service.get_statistics(request).await.unwrap();
    let counts = counts.into_inner();
    let sum = |counts: &[pb::Count]| counts.iter().map(|one| one.count).sum::<i64>();
    assert_eq!(sum(&counts.by_state), counts.total);
    assert_eq!(sum(&counts.by_division), counts.total);
    assert_eq!(sum(&counts.by_day), counts.total);
    assert!(counts.open <= counts.total);
    counts.total
}

async fn jump(house: &House, caller: &Caller, number: &str) -> usize {
    let request = pb::ListWorkRequest {
        number: number.into(),
        ..Default::default()
    };
    let page = house.service.list_work(as_caller(caller, request)).await;
    page.unwrap().into_inner().cases.len()
}

#[tokio::test]
async fn pages_stay_exact_among_cases_that_are_hidden() {
    let house = house().await;
    let mut visible = BTreeSet::new();
    for n in 0..6 {
        let here = open(&house, VILLAGE, &form(100 + 10 * n, "")).await;
        open(&house, "420323100202", &form(200 + 10 * n, "")).await;
        let named = open(&house, "420323100202", &form(300 + 10 * n, ELSEWHERE)).await;
        visible.extend([(true, here), (false, named)]);
    }
    let of = |line: bool| -> BTreeSet<String> {
        let numbers = visible.iter().filter(|(here, _)| *here == line);
        numbers.map(|(_, number)| number.clone()).collect()
    };
    let worker = officer(23, "儿童主任", Role::ChildWorker, VILLAGE);
    let named = officer(24, "督导员", Role::ChildSupervisor, ELSEWHERE);
    for (caller, view, expected) in [
        (&worker, "REGION", of(true)),
        (&worker, "MINE", BTreeSet::new()),
        (&named, "REGION", of(false)),
        (&named, "MINE", of(false)),
    ] {
        let seen = work(&house, caller, view, 2).await;
        assert_eq!(seen.len(), expected.len(), "{view}: {seen:?}");
        assert_eq!(seen.into_iter().collect::<BTreeSet<_>>(), expected);
    }
    assert_eq!(work(&house, &county(), "MINE", 5).await.len(), 18);
    assert_eq!(
        (total(&house, &worker).await, total(&house, &county()).await),
        (6, 18)
    );
    for (role, scope) in [
        (Role::Auditor, "000000"),
        (Role::CountyOfficer, "420323"),
        (Role::TownshipOfficer, "420323100"),
        (Role::ChildSupervisor, "420323100"),
        (Role::ChildCounty, "421221"),
    ] {
        let stranger = officer(70, "外人", role, scope);
        for view in ["REGION", "MINE", "OVERDUE"] {
            let seen = work(&house, &stranger, view, 50).await;
            assert!(seen.is_empty(), "{role} {view}: {seen:?}");
        }
        for (_, number) in &visible {
            assert_eq!(jump(&house, &stranger, number).await, 0, "{role}");
        }
        if role != Role::CountyOfficer {
            assert_eq!(total(&house, &stranger).await, 0, "{role}");
        }
    }
    for (_, number) in &visible {
        assert_eq!(jump(&house, &county(), number).await, 1);
    }
}

#[tokio::test]
async fn sealed_and_own_cases_leave_the_lists() {
    let house = house().await;
    let sealed = open(&house, VILLAGE, &form(1, ELSEWHERE)).await;
    let own = open(&house, VILLAGE, &form(11, "")).await;
    house
        .act(&county(), &sealed, "seal", Value::Null)
        .await
        .unwrap();
    assert_eq!(work(&house, &county(), "REGION", 50).await, [own.as_str()]);
    assert_eq!(
        (
            total(&house, &county()).await,
            jump(&house, &county(), &sealed).await
        ),
        (1, 0)
    );
    let named = officer(24, "督导员", Role::ChildSupervisor, ELSEWHERE);
    assert_eq!(work(&house, &named, "REGION", 50).await, [sealed]);
    let mut carer = county();
    carer.person = Some(house.key(&id_number(13)));
    assert!(work(&house, &carer, "REGION", 50).await.is_empty());
    assert_eq!(
        (
            total(&house, &carer).await,
            jump(&house, &carer, &own).await
        ),
        (0, 0)
    );
}

#[tokio::test]
async fn open_items_are_listed_as_before() {
    let house = house().await;
    let old_man = house.citizen(crate::world::OLD_MAN);
    let open_case = house
        .submit(
            &old_man,
            "old-age",
            crate::world::TOWNSHIP,
            crate::world::form(crate::world::OLD_MAN),
        )
        .await
        .unwrap();
    let closed = open(&house, VILLAGE, &form(1, "")).await;
    let auditor = officer(47, "审计", Role::Auditor, "000000");
    assert_eq!(
        work(&house, &auditor, "REGION", 50).await,
        [open_case.number.as_str()]
    );
    assert_eq!(total(&house, &auditor).await, 1);
    assert_eq!(house.get(&open_case.number).await.ground, "");
    // Of two roles one sees the one, the other the other, each once.
    let mut both = county();
    both.grants.push(yiwang_chassis::identity::Grant::new(
        Role::TownshipOfficer,
        "420323100",
    ));
    let seen: BTreeSet<String> = work(&house, &both, "REGION", 1).await.into_iter().collect();
    assert_eq!(seen, BTreeSet::from([open_case.number, closed]));
    assert_eq!(total(&house, &both).await, 2);
}
