//! The register of people easily lost as a list: who is due, by township.

use serde_json::json;
use yiwang_chassis::{
    fault::Fault,
    identity::{Caller, Role},
};
use yiwang_proto::rescue::v1::{self as pb, easily_lost_server::EasilyLost as _};
use yiwang_rescue::home::RegisterService;

use crate::{
    home::{county, entry, listing, township},
    world::{World, ZHUSHAN, as_caller, id_number, officer, unwrap},
};

async fn list(
    world: &World,
    caller: &Caller,
    request: pb::ListEasilyLostRequest,
) -> Result<pb::EasilyLostList, Fault> {
    let service = RegisterService::new(world.rt.clone());
    unwrap(service.list_easily_lost(as_caller(caller, request)).await)
}

fn due(due: &str) -> pb::ListEasilyLostRequest {
    pb::ListEasilyLostRequest {
        due: due.to_owned(),
        ..Default::default()
    }
}

/// Numbers of those who are due.
async fn numbers(world: &World, what: &str) -> Vec<String> {
    let found = list(world, &county(), due(what)).await.unwrap();
    found
        .entries
        .into_iter()
        .map(|one| one.case_number)
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_township_sees_who_is_due_and_who_is_late() {
    let world = World::new().await;
    let (collector, county) = (township(1), county());
    let mut filed = vec![];
    for nth in [1, 2] {
        let form = entry(&id_number(nth));
        let case = world.submit(&collector, "easily-lost", ZHUSHAN, form).await;
        filed.push(case.unwrap().number);
    }
    let [listed, proposed] = [&filed[0], &filed[1]];
    world
        .act(&county, listed, "list", listing("high"))
        .await
        .unwrap();

    let all = list(&world, &county, due("")).await.unwrap();
    let states: Vec<_> = all.entries.iter().map(|one| one.state.as_str()).collect();
    assert_eq!(states, ["proposed", "listed"]);
    let one = &all.entries[1];
    assert_eq!(one.label, "王**");
    assert_eq!(
        (one.level_label.as_str(), one.responsible.as_str()),
        ("高风险", "赵村长")
    );
    assert_eq!(
        (one.next_visit.as_str(), one.visit.as_str()),
        ("2026-07-01", "calm")
    );
    assert_eq!(
        (one.collect_by.as_str(), one.collect.as_str()),
        ("2026-11-12", "calm")
    );
    let town = &all.townships[0];
    assert_eq!(
        (town.name.as_str(), town.listed, town.proposed),
        ("城关镇", 1, 1)
    );
    assert_eq!(numbers(&world, "check").await, [proposed.as_str()]);
    assert!(numbers(&world, "visit").await.is_empty());

    world.go_to("2026-07-02T09:00:00").await;
    let july = list(&world, &collector, due("visit")).await.unwrap();
    assert_eq!(
        (july.entries[0].visit.as_str(), july.townships[0].visits_due),
        ("due", 1)
    );
    world.go_to("2026-08-02T09:00:00").await;
    let august = list(&world, &collector, due("visit")).await.unwrap();
    assert_eq!(august.entries[0].visit, "overdue");
    assert_eq!(
        (
            august.townships[0].visits_due,
            august.townships[0].visits_overdue
        ),
        (0, 1)
    );
    let seen = json!({ "seen": true, "findings": "身体还好" });
    world.act(&collector, listed, "visit", seen).await.unwrap();
    assert!(numbers(&world, "visit").await.is_empty());

    world.go_to("2026-10-20T09:00:00").await;
    assert_eq!(numbers(&world, "collect").await, [listed.as_str()]);
    world.go_to("2026-11-13T09:00:00").await;
    let late = list(&world, &county, due("collect")).await.unwrap();
    assert_eq!(late.entries[0].collect, "overdue");
    assert_eq!(late.townships[0].collections_overdue, 1);
    let again = json!({ "address": "城关镇莲花村3组", "marks": "左眉有疤", "photo_updated": true });
    let case = world
        .act(&collector, listed, "collect", again)
        .await
        .unwrap();
    assert_eq!(case.state, "listed");
    let by = "select collect_by::text from rescue.easily_lost where collect_by is not null";
    assert_eq!(world.text(by).await, "2027-05-13");

    let lost = json!({ "lost_on": "2026-11-13", "last_seen": "汽车站", "receipt": "JJ-1",
                       "place": "420323" });
    world.act(&collector, listed, "alarm", lost).await.unwrap();
    assert_eq!(numbers(&world, "missing").await, [listed.as_str()]);
    let first = numbers(&world, "").await;
    assert_eq!(
        first,
        [listed.clone(), proposed.clone()],
        "who is missing stands first"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_read_page_by_page_and_only_of_the_own_place() {
    let world = World::new().await;
    for nth in 1..=3 {
        let form = entry(&id_number(nth));
        let case = world
            .submit(&township(1), "easily-lost", ZHUSHAN, form)
            .await;
        case.unwrap();
    }
    let mut cursor = String::new();
    let mut seen = vec![];
    loop {
        let request = pb::ListEasilyLostRequest {
            limit: 1,
            cursor: cursor.clone(),
            ..Default::default()
        };
        let page = list(&world, &county(), request).await.unwrap();
        assert_eq!(page.townships.is_empty(), !cursor.is_empty());
        seen.extend(page.entries.into_iter().map(|one| one.case_number));
        cursor = page.next_cursor;
        if cursor.is_empty() {
            break;
        }
    }
    assert_eq!(seen, numbers(&world, "").await);
    assert_eq!(seen.len(), 3);
    let elsewhere = officer(7, "许丽华", Role::CountyOfficer, "421202");
    let none = list(&world, &elsewhere, due("")).await.unwrap();
    assert!(none.entries.is_empty() && none.townships.is_empty());
    let station = officer(8, "刘春生", Role::Station, "420323");
    assert!(list(&world, &station, due("")).await.is_err());
    let odd = list(&world, &county(), due("soon")).await.unwrap_err();
    assert_eq!(odd.fields[0].field, "/due");
}
