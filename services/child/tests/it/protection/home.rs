//! A report that knows the county only: the township stands from when it is known.

use serde_json::{Value, json};
use yiwang_casework::testing::{as_caller, unwrap};
use yiwang_proto::child::v1::{self as pb, protection_server::Protection as _};

use super::{COUNTY, Desk, VILLAGE, assessed, conferred, teacher, told};
use crate::world::CHENGGUAN;

/// A case of the county without township, in assessment.
async fn assessing(desk: &Desk) -> String {
    let mut request = teacher();
    request.division = COUNTY.into();
    let number = desk.report(request).await.unwrap().receipt;
    desk.does(&desk.centre, &number, "police_told", told())
        .await;
    let triage = json!({ "risk": "high", "words": "有伤" });
    desk.does(&desk.centre, &number, "triage", triage).await;
    desk.does(
        &desk.centre,
        &number,
        "to_assess",
        json!({ "words": "和奶奶在一起" }),
    )
    .await;
    number
}

/// How many cases the supervisor's list shows, and whether the supervisor opens this one.
async fn sees(desk: &Desk, number: &str) -> (usize, bool) {
    let request = pb::ListProtectionCasesRequest {
        division: CHENGGUAN.into(),
        ..Default::default()
    };
    let list = desk
        .service
        .list_cases(as_caller(&desk.supervisor, request));
    let open = desk.workbench(&desk.supervisor, number).await.is_ok();
    (unwrap(list.await).unwrap().cases.len(), open)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_supervisor_stands_from_the_assessment_on() {
    let desk = Desk::new().await;
    let number = assessing(&desk).await;
    assert_eq!(sees(&desk, &number).await, (0, false));
    let living_in = |home: &str| {
        let mut assessed = assessed(1);
        assessed["home"] = json!(home);
        assessed
    };
    for elsewhere in ["420303001", "420323999", "420323"] {
        let done = desk
            .act(&desk.centre, &number, "assess", living_in(elsewhere))
            .await;
        let field = done.unwrap_err().fields.remove(0).field;
        assert_eq!(field, "/home", "{elsewhere}");
    }
    desk.does(&desk.centre, &number, "assess", living_in(CHENGGUAN))
        .await;
    assert_eq!(sees(&desk, &number).await, (1, true));
    // And acts as the township does.
    let heard = json!({ "voice": super::said("想和奶奶住"), "about": "住在哪里" });
    desk.does(&desk.supervisor, &number, "hear", heard).await;
    // The village comes with the follow-up only.
    assert!(desk.workbench(&desk.worker, &number).await.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_village_that_follows_up_brings_its_township() {
    let desk = Desk::new().await;
    let number = assessing(&desk).await;
    desk.does(&desk.centre, &number, "assess", assessed(1))
        .await;
    desk.does(&desk.first, &number, "confer", conferred()).await;
    desk.does(&desk.second, &number, "countersign", Value::Null)
        .await;
    assert_eq!(sees(&desk, &number).await, (0, false));
    let follow = json!({ "village": VILLAGE, "months": 6, "words": "帮扶有效" });
    desk.does(&desk.first, &number, "follow_up", follow).await;
    assert_eq!(sees(&desk, &number).await, (1, true));
    assert!(desk.workbench(&desk.worker, &number).await.is_ok());
}
