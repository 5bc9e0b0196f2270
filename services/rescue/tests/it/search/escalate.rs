//! A late step is escalated: it stands in the county's worklist until the county has dealt with it
//! or the step is done; it stays red and to be done.

use serde_json::json;
use yiwang_chassis::identity::Caller;
use yiwang_proto::casework::v1::{self as pb, casework_server::Casework as _};

use crate::{
    stay_desk::{Desk, MEN},
    world::{as_caller, unwrap},
};

async fn mine(desk: &Desk, caller: &Caller) -> Vec<String> {
    let request = pb::ListWorkRequest {
        view: "MINE".to_owned(),
        ..Default::default()
    };
    let page = desk
        .world
        .service
        .list_work(as_caller(caller, request))
        .await;
    let cases = unwrap(page).unwrap().cases;
    cases.into_iter().map(|case| case.number).collect()
}

fn late(case: &pb::Case) -> Vec<&str> {
    let now = case
        .clocks
        .iter()
        .filter(|clock| clock.name.starts_with("search."));
    now.map(|clock| clock.name.as_str()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_late_step_is_in_the_countys_worklist() {
    let desk = Desk::new().await;
    let number = desk.admitted("male", 60, MEN).await;
    let mine_own = [number.clone()];
    assert_eq!(mine(&desk, &desk.first).await, mine_own);
    assert!(mine(&desk, &desk.county).await.is_empty());

    // Biometrics, face and police report are late since last night, the notice since nine.
    desk.world.go_to("2026-05-13T10:00:00").await;
    assert_eq!(mine(&desk, &desk.county).await, mine_own);
    assert_eq!(mine(&desk, &desk.first).await, mine_own);
    let overdue = desk.told("yiwang.rescue.search.overdue").await;
    assert_eq!(overdue, 4);
    let orders = json!({ "reasons": "今天中午以前补办，明天报结果。" });
    let station = desk
        .act(&number, "supervise", orders.clone())
        .await
        .unwrap_err();
    assert_eq!(station.reason, "WRONG_ROLE");
    let county = &desk.county;
    let case = desk
        .world
        .act(county, &number, "supervise", orders.clone())
        .await
        .unwrap();
    assert!(late(&case).contains(&"search.publish"), "{:?}", late(&case));
    assert!(mine(&desk, county).await.is_empty());
    let twice = desk
        .world
        .act(county, &number, "supervise", orders)
        .await
        .unwrap_err();
    assert_eq!(twice.reason, "NOTHING_LATE");

    // The next one that is late comes again; done, it goes by itself.
    desk.world.go_to("2026-05-22T10:00:00").await;
    assert_eq!(mine(&desk, county).await, mine_own);
    let dna = json!({ "station": "咸安区公安分局", "document": "咸救函1号", "sample": "A1" });
    desk.act(&number, "request_dna", dna).await.unwrap();
    assert!(mine(&desk, county).await.is_empty());
}
