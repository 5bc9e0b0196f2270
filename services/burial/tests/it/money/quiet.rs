//! A farewell without a hall: said in the house before the cremation, nothing of the list used.

use serde_json::{Value, json};

use super::{bill, priced, settle};
use crate::house::papers;

#[tokio::test(flavor = "multi_thread")]
async fn a_family_says_goodbye_without_a_hall_and_pays_nothing() {
    let (house, prices) = priced().await;
    let world = &house.world;
    let (number, family, tag) = house.scheduled(0, "2026-05-13T10:00").await;
    let scan = json!({ "tag": tag });
    let unasked = world
        .act(&house.first, &number, "farewell", scan.clone())
        .await
        .unwrap_err();
    assert_eq!(unasked.reason, "NOT_BOOKED");
    // A hall that was booked is let go.
    let hall = json!({ "starts_at": "2026-05-13T08:00" });
    world
        .act(&family, &number, "choose_farewell", hall)
        .await
        .unwrap();
    let case = world
        .act(&family, &number, "choose_quiet_farewell", Value::Null)
        .await
        .unwrap();
    let plan = &case.sections[0].rows;
    assert!(plan.iter().any(|row| row.label == "火化前"), "{plan:?}");
    assert!(plan.iter().all(|row| !row.value.contains("松鹤厅")));
    let free = world
        .text(
            "select count(*)::text from burial.reservation booked
               join burial.resource on resource.id = booked.resource
              where kind = 'hall' and state = 'booked'",
        )
        .await;
    assert_eq!(free, "0");

    world.go_to("2026-05-13T08:30:00").await;
    let case = house.both(&number, "farewell", scan.clone()).await.unwrap();
    let rows: Vec<_> = case.sections.iter().flat_map(|one| &one.rows).collect();
    assert!(rows.iter().any(|row| row.label == "亲属告别"));
    house
        .both(&number, "verify", papers(0, &tag))
        .await
        .unwrap();
    world.go_to("2026-05-13T10:00:00").await;
    house
        .both(&number, "start_cremation", scan.clone())
        .await
        .unwrap();
    world.go_to("2026-05-13T11:00:00").await;
    house.both(&number, "finish_cremation", scan).await.unwrap();
    settle(&house, &number, json!({})).await.unwrap();
    let shown = bill(&prices, &family, &number).await.unwrap();
    assert!(
        shown
            .lines
            .iter()
            .all(|line| !line.code.starts_with("farewell"))
    );
    assert_eq!(shown.charged_fen, 0);
}
