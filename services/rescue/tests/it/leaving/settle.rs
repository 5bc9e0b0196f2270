//! Somebody unknown for three months is settled with every step of the search on file; who it is
//! is found later.

use serde_json::{Value, json};
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_proto::assistance::v1::StatusChanged;
use yiwang_rescue::leaving::reactions::Benefits;

use super::quarter::{TEMPORARY, desk, settled};
use crate::{
    kin::{Searching, chen, identity, told},
    stay_desk::{Desk, MEN},
    world::id_number,
};

#[tokio::test(flavor = "multi_thread")]
async fn who_is_unknown_for_three_months_is_settled_with_every_step_on_file() {
    let desk = desk().await;
    let world = &desk.world;
    let stay = desk.admitted("male", 60, MEN).await;
    let case = settled(&desk, &stay).await;
    let number = case.number.as_str();
    assert_eq!(case.state, "registered");
    assert_eq!(desk.told("yiwang.rescue.settlement.settled").await, 1);
    let left = "select state || ' ' || leave_type || ' ' || (occupancy is null) from rescue.stay";
    assert_eq!(world.text(left).await, "left settled true");
    let steps = world
        .texts("select distinct step from rescue.search_step where done_at is not null order by 1")
        .await;
    let all = [
        "biometrics",
        "dna",
        "escalate",
        "face",
        "police_report",
        "publish",
        "refresh",
        "sampled",
        "settle",
        "stranded",
    ];
    assert_eq!(steps, all);
    // The notice stands, and the search goes on.
    assert_eq!(
        world.text("select state from rescue.publication").await,
        "published"
    );
    let yearly = "select step from rescue.search_step where done_at is null and ended_at is null";
    assert_eq!(world.texts(yearly).await, ["yearly"]);

    // Another service grants something to this person.
    let event = StatusChanged {
        person: world.key(&id_number(TEMPORARY)),
        benefit: "TK".into(),
        case_number: "TK421202260920000000011".into(),
        from_month: "2026-10".into(),
        ..StatusChanged::default()
    };
    // Support that comes back after a mistake begins again: it is the same.
    for _ in 0..2 {
        granted(&desk, &event).await;
    }
    let seen = format!("{:?}", world.get(number).await.sections);
    assert_eq!(seen.matches(&event.case_number).count(), 1, "{seen}");
    assert!(seen.contains("特困人员救助供养"), "{seen}");
    let benefits = json!({ "benefits": ["extreme_poverty", "medical_insurance"],
                           "findings": "已经入住" });
    let case = world.act(&desk.county, number, "benefits", benefits).await;
    assert_eq!(case.unwrap().state, "settled");

    // A year later it is compared again; late stays to be done.
    world.go_to("2027-09-16T09:00:00").await;
    assert_eq!(desk.told("yiwang.rescue.search.overdue").await, 2);
    let half = json!({ "dna": true, "face": false, "findings": "没有比中" });
    let half = desk.act(number, "repeat", half).await.unwrap_err();
    assert_eq!(half.reason, "COMPARE_BOTH");
    let repeat = json!({ "dna": true, "face": true, "findings": "没有比中" });
    desk.act(number, "repeat", repeat).await.unwrap();
    assert_eq!(
        world
            .texts("select round::text from rescue.search_step where step = 'yearly' and done_at is null")
            .await,
        ["2"]
    );
}

async fn granted(desk: &Desk, event: &StatusChanged) {
    use prost::Message as _;
    use yiwang_chassis::inbox::{Handler as _, Incoming};
    let handler = Benefits {
        runtime: desk.world.rt.clone(),
    };
    let incoming = Incoming {
        id: Uuid::from_u128(7),
        event_type: "yiwang.assistance.status.started.v1".into(),
        source: "assistance".into(),
        subject: "yiwang.assistance.status.started".into(),
        aggregate: "status".into(),
        aggregate_id: event.case_number.clone(),
        version: 1,
        occurred_at: desk.now(),
        traceparent: None,
        payload: event.encode_to_vec(),
    };
    let mut tx = desk.world.db.pool.begin().await.unwrap();
    let conn: &mut PgConnection = &mut tx;
    handler.handle(conn, &incoming).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_settled_is_found_later_and_the_temporary_household_ends() {
    let searching = Searching::over(desk().await);
    let desk = &searching.desk;
    let world = &desk.world;
    searching.import(vec![chen()], &[]).await;
    let stay = desk.admitted("male", 66, MEN).await;
    desk.act(&stay, "clues", told()).await.unwrap();
    let number = settled(desk, &stay).await.number;
    let report = world.text("select number from rescue.report").await;
    let pair = searching.raised(&stay, &report).await;
    searching.answered(&pair, "police").await;
    let confirmed = world.act(&desk.first, &pair, "confirm", identity()).await;
    assert_eq!(confirmed.unwrap().state, "confirmed");
    let case = world.get(&number).await;
    assert_eq!(case.state, "found");
    assert!(case.clocks.iter().any(|clock| clock.name == "cancel"));
    let key = "select coalesce(person_key, '') from rescue.stay";
    assert_eq!(world.text(key).await, world.key(&id_number(3)));
    assert_eq!(
        world.text("select state from rescue.publication").await,
        "withdrawn"
    );
    // The township of the true household takes over.
    let home = "select stay || ' ' || state from rescue.homecoming";
    assert_eq!(world.text(home).await, format!("{stay} open"));

    // It was wrong: settled again, under the same temporary identity.
    let wrong = json!({ "reasons": "指纹复核不是同一人" });
    let back = world
        .act(&desk.county, &pair, "take_back", wrong.clone())
        .await;
    assert_eq!(back.unwrap().state, "rejected");
    assert_eq!(world.get(&number).await.state, "registered");
    assert_eq!(world.text(key).await, "");
    let yearly = "select step from rescue.search_step where done_at is null and ended_at is null";
    assert_eq!(world.texts(yearly).await, ["yearly"]);

    // And found again: the household is cancelled, one identity stands.
    let again = json!({ "reasons": "DNA复核" });
    world
        .act(&desk.first, &pair, "reopen", again)
        .await
        .unwrap();
    searching.answered(&pair, "dna").await;
    world
        .act(&desk.first, &pair, "confirm", identity())
        .await
        .unwrap();
    let cancel = json!({ "paper": "注销〔2026〕3号", "on": "2026-09-14" });
    let case = desk.act(&number, "cancel_household", cancel).await;
    assert_eq!(case.unwrap().state, "cancelled");
    assert_eq!(desk.told("yiwang.rescue.settlement.cancelled").await, 1);
    let late = world.act(&desk.county, &pair, "take_back", wrong).await;
    assert_eq!(late.unwrap_err().reason, "HOUSEHOLD_CANCELLED");
    let revoke = json!({ "reasons": "户口恢复", "restored": "恢复〔2026〕1号" });
    world
        .act(&desk.county, &number, "revoke", revoke)
        .await
        .unwrap();
    let case = world
        .act(&desk.first, &number, "countersign", Value::Null)
        .await;
    assert_eq!(case.unwrap().state, "registered");
    assert_eq!(world.text(key).await, "");
}
