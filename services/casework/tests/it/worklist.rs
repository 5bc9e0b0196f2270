//! The worklist: own region, own step, nearest deadline first, page by page.

use std::collections::BTreeSet;

use serde_json::json;
use yiwang_chassis::identity::{Grant, Role};
use yiwang_proto::casework::v1::{self as pb, casework_server::Casework};

use crate::world::{OLD_MAN, TOWNSHIP, World, as_caller, officer, unwrap};

async fn list(
    world: &World,
    caller: &yiwang_chassis::identity::Caller,
    request: pb::ListWorkRequest,
) -> pb::CasePage {
    unwrap(world.service.list_work(as_caller(caller, request)).await).unwrap()
}

fn view(view: &str) -> pb::ListWorkRequest {
    pb::ListWorkRequest {
        view: view.into(),
        ..Default::default()
    }
}

#[tokio::test]
async fn pages_hold_every_case_once_in_order_of_deadline() {
    let world = World::new().await;
    let mut numbers = BTreeSet::new();
    for index in 0..7 {
        numbers.insert(world.submit(&format!("k{index}")).await.number);
        world.days_pass(1);
    }
    let township = officer(Role::TownshipOfficer, "420300");
    let mut seen = Vec::new();
    let mut cursor = String::new();
    loop {
        let request = pb::ListWorkRequest {
            cursor,
            limit: 3,
            ..view("MINE")
        };
        let page = list(&world, &township, request).await;
        assert!(page.cases.len() <= 3);
        seen.extend(
            page.cases
                .into_iter()
                .map(|c| (c.due.unwrap().last_day, c.number)),
        );
        cursor = page.next_cursor;
        if cursor.is_empty() {
            break;
        }
    }
    assert!(seen.is_sorted_by(|a, b| a.0 <= b.0), "{seen:?}");
    assert_eq!(seen.len(), 7);
    assert_eq!(
        seen.into_iter()
            .map(|(_, number)| number)
            .collect::<BTreeSet<_>>(),
        numbers
    );
}

#[tokio::test]
async fn each_role_and_region_sees_its_own_part() {
    let world = World::new().await;
    let waiting = world.submit("k1").await;
    let checking = world.submit("k2").await;
    let township = officer(Role::TownshipOfficer, TOWNSHIP);
    world
        .act(&township, &checking.number, "check", json!({}))
        .await
        .unwrap();
    let mine = list(&world, &township, view("MINE")).await;
    assert_eq!(mine.cases.len(), 1);
    assert_eq!(mine.cases[0].number, waiting.number);
    assert_eq!(mine.cases[0].applicant, "张*");
    let region = list(&world, &township, view("REGION")).await;
    assert_eq!(region.cases.len(), 2);
    assert!(
        list(
            &world,
            &officer(Role::TownshipOfficer, "421221"),
            view("REGION")
        )
        .await
        .cases
        .is_empty()
    );
    assert!(
        list(&world, &township, view("OVERDUE"))
            .await
            .cases
            .is_empty()
    );
    world.days_pass(30);
    let overdue = list(&world, &township, view("OVERDUE")).await;
    assert_eq!(overdue.cases.len(), 1);
    assert!(overdue.cases[0].due.as_ref().unwrap().overdue);
    // Two grants over one place list a case once.
    let mut both = officer(Role::TownshipOfficer, "420323");
    both.grants.push(Grant::new(Role::Auditor, "420000"));
    assert_eq!(list(&world, &both, view("REGION")).await.cases.len(), 2);
    let citizen = as_caller(&world.citizen(OLD_MAN), view("REGION"));
    assert!(unwrap(world.service.list_work(citizen).await).is_err());
    let jump = pb::ListWorkRequest {
        number: waiting.number.clone(),
        ..Default::default()
    };
    assert_eq!(list(&world, &township, jump.clone()).await.cases.len(), 1);
    assert!(
        list(&world, &officer(Role::Approver, "421221"), jump)
            .await
            .cases
            .is_empty()
    );
}

#[tokio::test]
async fn statistics_count_within_the_own_region() {
    let world = World::new().await;
    world.submit("k1").await;
    let ask = |caller| {
        let request = as_caller(&caller, pb::GetStatisticsRequest::default());
        let service = world.service.clone();
        async move { unwrap(service.get_statistics(request).await) }
    };
    let own = ask(officer(Role::TownshipOfficer, "420323")).await.unwrap();
    assert_eq!((own.total, own.open, own.overdue), (1, 1, 0));
    assert_eq!(own.by_state[0].label, "待受理");
    let other = ask(officer(Role::TownshipOfficer, "421221")).await.unwrap();
    assert_eq!(other.total, 0);
    assert!(ask(world.citizen(OLD_MAN)).await.is_err());
}
