//! From the report to the end: safe in a placement within the hour, assessed, back home after an
//! assessment record, visited, closed by two.

use serde_json::{Value, json};
use yiwang_casework::testing::{as_caller, unwrap};
use yiwang_proto::child::v1::{self as pb, protection_server::Protection as _};

use super::{
    COUNTY, Desk, VILLAGE, assessed, conferred, into_centre, known, said, teacher, three, told,
};

fn visit(safe: bool) -> Value {
    json!({ "seen": true, "alone": true, "safe": safe, "words": "单独谈过，情绪平稳" })
}

fn close() -> Value {
    json!({ "seen": true, "safe": true, "words": "儿童安全，父亲已戒酒", "told": "电话告知已处理" })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_child_is_safe_within_the_hour_and_home_after_an_assessment() {
    let desk = Desk::new().await;
    let (first, second, centre) = (&desk.first, &desk.second, &desk.centre);
    let receipt = desk.report(teacher()).await.unwrap();
    let number = receipt.receipt.as_str();
    let early = json!({ "risk": "urgent", "words": "有伤" });
    let refused = desk
        .refuses(&desk.supervisor, number, "triage", early.clone())
        .await;
    assert_eq!(refused, "TELL_POLICE_FIRST");
    desk.does(&desk.supervisor, number, "police_told", told())
        .await;
    assert_eq!(
        desk.does(&desk.supervisor, number, "triage", early).await,
        "emergency"
    );
    let hospital = json!({ "step": "hospital", "words": "县医院验伤", "unit": "县医院" });
    desk.does(centre, number, "emergency", hospital).await;
    desk.world.go_to("2026-05-12T09:50:00").await;
    let mut silent = into_centre();
    silent["voice"] = json!({ "heard": "too_young" });
    assert_eq!(
        desk.refuses(centre, number, "place", silent).await,
        "INVALID_INPUT"
    );
    assert_eq!(
        desk.does(centre, number, "place", into_centre()).await,
        "emergency"
    );

    // Within the hour one body answers, and the child is in one place.
    let bench = desk.workbench(first, number).await.unwrap();
    let placement = bench.placement.unwrap();
    assert_eq!(
        (placement.guardian.as_str(), placement.kind.as_str()),
        (COUNTY, "temporary")
    );
    assert_eq!(placement.stays[0].kind, "centre");
    assert_eq!(placement.stays[0].from, "2026-05-12T09:50");
    let guarded = desk.guardianship(number).await;
    assert_eq!(placement.custody, guarded);
    assert_eq!(
        desk.refuses(centre, number, "place", into_centre()).await,
        "CHILD_IN_CARE"
    );

    desk.does(centre, number, "child_known", known()).await;
    let father = json!({ "somebody": { "relation": "father", "name": "李大", "id_number": "",
        "phone": "", "suspect": true, "words": "酗酒" } });
    desk.does(centre, number, "somebody", father).await;
    desk.does(centre, number, "to_assess", json!({ "words": "在中心" }))
        .await;
    assert_eq!(
        desk.does(centre, number, "assess", assessed(1)).await,
        "case_conference"
    );
    desk.does(first, number, "confer", conferred()).await;
    let own = desk
        .refuses(first, number, "countersign", Value::Null)
        .await;
    assert_eq!(own, "SAME_PERSON");
    assert_eq!(
        desk.does(second, number, "countersign", Value::Null).await,
        "helping"
    );

    // No way back without an assessment record by three, nor by who assessed.
    let back =
        json!({ "to": "奶奶", "voice": said("想回家和奶奶住"), "village": VILLAGE, "months": 3 });
    assert_eq!(
        desk.refuses(first, number, "return", back.clone()).await,
        "ASSESSMENT_NEEDED"
    );
    let unfit = json!({ "assessors": three(), "fit": false, "words": "父亲仍酗酒" });
    assert_eq!(
        desk.does(centre, &guarded, "assess", unfit).await,
        "assessed"
    );
    assert_eq!(
        desk.refuses(first, number, "return", back.clone()).await,
        "GUARDIAN_NOT_FIT"
    );
    let fit = json!({ "assessors": three(), "fit": true, "words": "父亲戒酒，奶奶同住" });
    desk.does(first, &guarded, "assess", fit).await;
    assert_eq!(
        desk.refuses(first, number, "return", back.clone()).await,
        "ASSESSOR_DECIDES"
    );
    desk.world.go_to("2026-06-10T10:00:00").await;
    assert_eq!(desk.does(second, number, "return", back).await, "follow_up");
    let ended = desk
        .world
        .text("select count(*)::text from child.custody where isfinite(until)")
        .await;
    assert_eq!(ended, "1");

    // The director of the village stands from now on and visits.
    desk.does(&desk.worker, number, "visit", visit(true)).await;
    assert_eq!(
        desk.refuses(first, number, "close", close()).await,
        "PLAN_OPEN"
    );
    let done = json!({ "item": 1, "words": "完成8次指导" });
    desk.does(&desk.supervisor, number, "plan_done", done).await;
    assert_eq!(
        desk.refuses(first, number, "close", close()).await,
        "FOLLOW_UP_SHORT"
    );
    desk.world.go_to("2026-09-10T10:00:00").await;
    desk.does(&desk.worker, number, "visit", visit(true)).await;
    assert_eq!(
        desk.does(first, number, "close", close()).await,
        "follow_up"
    );
    assert_eq!(
        desk.does(&desk.supervisor, number, "countersign", Value::Null)
            .await,
        "closed"
    );
    let request = pb::GetReceiptRequest {
        receipt: receipt.receipt.clone(),
        code: receipt.code,
    };
    let state = unwrap(desk.service.get_receipt(tonic::Request::new(request)).await).unwrap();
    assert_eq!(state.label, "已有结果");

    let custody = "select string_agg(split_part(subject, '.', 4), ' ' order by occurred_at)
                     from chassis.outbox where subject like 'yiwang.child.custody.%'";
    assert_eq!(desk.world.text(custody).await, "started ended");
    assert_eq!(
        desk.does(second, number, "reopen", json!({ "reasons": "又有报告" }))
            .await,
        "triaged"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visit_that_finds_danger_goes_back_to_assessment() {
    let desk = Desk::new().await;
    let number = desk.helping().await;
    let follow = json!({ "village": VILLAGE, "months": 6, "words": "帮扶有效" });
    assert_eq!(
        desk.does(&desk.first, &number, "follow_up", follow).await,
        "follow_up"
    );
    let state = desk
        .does(&desk.worker, &number, "visit", visit(false))
        .await;
    assert_eq!(state, "assessing");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_workbench_draws_everybody_around_the_child() {
    let desk = Desk::new().await;
    let number = desk.helping().await;
    let bench = desk.workbench(&desk.centre, &number).await.unwrap();
    let steps: Vec<_> = bench
        .steps
        .iter()
        .map(|it| (it.code.as_str(), it.state.as_str()))
        .collect();
    assert_eq!(
        steps,
        [
            ("report", "done"),
            ("emergency", "skipped"),
            ("assess", "current"),
            ("intervene", "open")
        ]
    );
    let node = |id: &str| bench.nodes.iter().find(|node| node.id == id).unwrap();
    assert_eq!(node("child").name, "李小雨");
    assert!(node("father").missing && node("village").missing && !node("police").missing);
    let ids: Vec<_> = bench.nodes.iter().map(|node| node.id.as_str()).collect();
    assert!(
        bench
            .edges
            .iter()
            .all(|edge| ids.contains(&edge.from.as_str()))
    );
    assert_eq!(bench.services[0].owner, "社工站小周");
    let request = pb::ListProtectionCasesRequest {
        division: COUNTY.into(),
        ..Default::default()
    };
    let list = unwrap(
        desk.service
            .list_cases(as_caller(&desk.first, request))
            .await,
    )
    .unwrap();
    assert_eq!(list.cases.len(), 1);
    assert_eq!(
        (list.cases[0].child.as_str(), list.cases[0].age),
        ("李**", 9)
    );
}
