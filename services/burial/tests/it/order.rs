//! Whole cases of F18 and F19: a grave put in order, closed by two, relapsed; a joint action with
//! record, review, decision, publicity and performance.

use serde_json::{Value, json};
use uuid::Uuid;
use yiwang_burial::planning::{PlanningService, demo};
use yiwang_chassis::{
    fault::Fault,
    identity::{Caller, Role},
};
use yiwang_proto::{
    burial::v1::{self as burial, planning_server::Planning},
    casework::v1::{self as pb, casework_server::Casework},
};

use crate::world::{TONGSHAN, World, as_caller, id_number, officer, unwrap};

fn town(nth: u128, name: &str) -> Caller {
    officer(nth, name, Role::TownshipOfficer, TONGSHAN)
}

fn grave() -> Value {
    json!({
        "kind": "hardened", "area": "forest", "place": TONGSHAN, "address": "郑家坪村后山",
        "longitude": "114.482100", "latitude": "29.606500", "area_m2": 24, "graves": 1,
        "condition": "水泥硬化，墓碑高两米", "relic": false, "source": "patrol",
        "found_on": "2026-05-11", "finder_name": "何勇", "finder_number": id_number(21),
        "finder_phone": "13800001234",
    })
}

async fn register(
    world: &World,
    caller: &Caller,
    form: Value,
    photo: bool,
) -> Result<pb::Case, Fault> {
    let material = pb::MaterialRef {
        code: "photo".into(),
        file_id: "obj-1".into(),
        file_name: "现场.jpg".into(),
        media_type: "image/jpeg".into(),
        size: 10,
        sha256: "ab".repeat(32),
    };
    let request = pb::SubmitRequest {
        idempotency_key: Uuid::now_v7().to_string(),
        item: "grave-remediation".into(),
        division: TONGSHAN.into(),
        form: form.to_string(),
        materials: if photo { vec![material] } else { Vec::new() },
    };
    unwrap(world.service.submit(as_caller(caller, request)).await)
}

fn moved() -> Value {
    json!({ "outcome": "moved", "doer": "owner", "done_on": "2026-05-12", "record": "迁入骨灰堂，原址复绿",
            "cemetery": "421224100-GT01" })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_grave_is_put_in_order_closed_by_two_and_reopened_by_a_relapse() {
    let world = World::new().await;
    demo::seed(&world.db.pool).await.unwrap();
    let (first, second) = (town(61, "王建军"), town(62, "陈志强"));
    let citizen = world.citizen(&id_number(21));
    assert_eq!(
        register(&world, &citizen, grave(), true)
            .await
            .unwrap_err()
            .reason,
        "WRONG_ROLE"
    );
    assert_eq!(
        register(&world, &first, grave(), false)
            .await
            .unwrap_err()
            .reason,
        "PHOTO_MISSING"
    );
    let mut relic = grave();
    relic["relic"] = json!(true);
    assert_eq!(
        register(&world, &first, relic, true)
            .await
            .unwrap_err()
            .reason,
        "RELIC_EXEMPT"
    );
    let case = register(&world, &first, grave(), true).await.unwrap();
    let number = case.number;
    let twice = register(&world, &second, grave(), true).await.unwrap_err();
    assert_eq!(twice.reason, "GRAVE_KNOWN");

    let act = |caller: &Caller, code: &'static str, data: Value| {
        let (caller, number, world) = (caller.clone(), number.clone(), &world);
        async move { world.act(&caller, &number, code, data).await }
    };
    let order =
        json!({ "days": 30, "measures": "迁入公墓，原址复绿", "delivered": "5月12日直接送达" });
    assert_eq!(
        act(&first, "order", order.clone())
            .await
            .unwrap_err()
            .reason,
        "OWNER_UNKNOWN"
    );
    let owner = json!({ "name": "郑大山", "relation": "长子", "phone": "13900002222", "evidence": "村委会证明" });
    act(&first, "attribute", owner).await.unwrap();
    let mut short = order.clone();
    short["days"] = json!(7);
    assert_eq!(
        act(&first, "order", short).await.unwrap_err().reason,
        "ORDER_DAYS"
    );
    let case = act(&first, "order", order).await.unwrap();
    assert_eq!((case.state.as_str(), case.documents.len()), ("ordered", 1));

    let mut own_way = moved();
    own_way["outcome"] = json!("greened");
    let stays = act(&first, "treat", own_way).await.unwrap_err();
    assert_eq!(stays.reason, "STAYS_IN_NO_GRAVE_AREA");
    let mut office = moved();
    office["doer"] = json!("office");
    assert_eq!(
        act(&first, "treat", office).await.unwrap_err().reason,
        "OWNER_HAS_TIME"
    );
    let mut nowhere = moved();
    nowhere["cemetery"] = json!("421224100-GM77");
    assert_eq!(
        act(&first, "treat", nowhere).await.unwrap_err().reason,
        "CEMETERY_UNKNOWN"
    );
    act(&first, "treat", moved()).await.unwrap();

    let (before, after) = (Uuid::now_v7(), Uuid::now_v7());
    let seen = json!({ "after_photo": [after], "opinion": "已迁移，原址复绿" });
    // A number of a photo kept elsewhere is no photo.
    let typed = json!({ "after_photo": "ZP009", "opinion": "已迁移" });
    let typed = act(&first, "accept", typed).await.unwrap_err();
    assert_eq!(typed.fields[0].field, "/after_photo");
    let mut same = seen.clone();
    same["before_photo"] = json!([before]);
    same["after_photo"] = json!([before]);
    assert_eq!(
        act(&first, "accept", same).await.unwrap_err().reason,
        "SAME_PHOTO"
    );
    assert_eq!(
        act(&second, "countersign", json!({}))
            .await
            .unwrap_err()
            .reason,
        "NOTHING_PENDING"
    );
    act(&first, "accept", seen).await.unwrap();
    assert_eq!(
        act(&first, "countersign", json!({}))
            .await
            .unwrap_err()
            .reason,
        "SAME_PERSON"
    );
    let case = act(&second, "countersign", json!({})).await.unwrap();
    assert_eq!(case.state, "closed");
    // The photo stands at its line of the history, for whoever sees the case.
    let brought: Vec<_> = case.act_files.iter().collect();
    assert_eq!((brought.len(), &*brought[0].title), (1, "整改后的照片"));
    let photo = brought[0].file.clone().unwrap();
    assert_eq!(photo.file_id, after.to_string());
    assert_eq!(
        world.text("select outcome from burial.illegal_grave").await,
        "moved"
    );

    let looked = json!({ "finding": "kept", "photo": [Uuid::now_v7()] });
    assert_eq!(
        act(&first, "recheck", looked).await.unwrap().state,
        "closed"
    );
    let relapsed =
        json!({ "finding": "relapsed", "photo": [Uuid::now_v7()], "note": "原址又建新墓" });
    assert_eq!(
        act(&second, "recheck", relapsed).await.unwrap().state,
        "registered"
    );
    let events =
        "select event_type from chassis.outbox where aggregate = 'illegal_grave' order by version";
    let told =
        ["closed", "reopened"].map(|event| format!("yiwang.burial.illegal_grave.{event}.v1"));
    assert_eq!(world.texts(events).await, told);
    let service = PlanningService::new(world.rt.clone());
    let request = burial::GetGraveProgressRequest {
        division: "421224".into(),
    };
    let kinds = unwrap(
        service
            .get_grave_progress(tonic::Request::new(request))
            .await,
    )
    .unwrap()
    .kinds;
    assert_eq!(
        (
            kinds.len(),
            kinds[0].found,
            kinds[0].closed,
            kinds[0].reopened
        ),
        (1, 1, 0, 1)
    );

    // Nobody answers this time: the office may act once the days are over.
    let order = json!({ "days": 30, "measures": "拆除", "delivered": "留置送达" });
    act(&first, "order", order).await.unwrap();
    world.go_to("2026-06-12T09:00:00").await;
    assert_eq!(world.get(&number).await.state, "overdue");
    let deep = json!({ "outcome": "buried_deep", "doer": "office", "done_on": "2026-06-12", "record": "村组织深埋" });
    assert_eq!(act(&first, "treat", deep).await.unwrap().state, "treated");
    let not_yet = json!({ "reasons": "坟头还在" });
    assert_eq!(
        act(&second, "reject", not_yet).await.unwrap().state,
        "overdue"
    );
    let relic = json!({ "document": "通文物〔2026〕2号", "reasons": "清代墓葬" });
    assert_eq!(act(&second, "exempt", relic).await.unwrap().state, "exempt");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_knows_whose_it_is_until_somebody_reads_the_notice() {
    let world = World::new().await;
    demo::seed(&world.db.pool).await.unwrap();
    let staff = town(61, "王建军");
    let number = register(&world, &staff, grave(), true)
        .await
        .unwrap()
        .number;
    let medium = json!({ "medium": "坟墓现场、村公告栏" });
    let case = world
        .act(&staff, &number, "announce", medium)
        .await
        .unwrap();
    assert_eq!((case.state.as_str(), case.notices.len()), ("announced", 1));
    let owner = json!({ "name": "郑大山", "relation": "长子", "phone": "13900002222", "evidence": "看到公告来登记" });
    let case = world
        .act(&staff, &number, "attribute", owner)
        .await
        .unwrap();
    assert_eq!(case.state, "registered");
}

fn matter() -> Value {
    json!({
        "matter": "residence", "lead": "civil", "place": TONGSHAN, "address": "通羊镇洋都小区3栋",
        "found_on": "2026-05-11", "story": "购买住宅专门安放骨灰", "party": "person",
        "name": "周大成", "number": id_number(31), "phone": "13800003333",
    })
}

fn on_record(kind: &str, medium: &str, number: &str, on: &str) -> Value {
    json!({ "kind": kind, "medium": medium, "on": on, "place": "洋都小区3栋", "number": number,
            "content": "如实记录", "scans": [Uuid::now_v7()] })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_joint_action_is_recorded_reviewed_decided_published_and_carried_out() {
    let world = World::new().await;
    let county = |nth, name| officer(nth, name, Role::CountyOfficer, "421224");
    let (first, second, reviewer) = (county(71, "赵敏"), county(72, "钱进"), county(73, "孙立"));
    let head = officer(74, "李局长", Role::Approver, "421224");
    let case = world
        .submit(&first, "burial-enforcement", TONGSHAN, matter())
        .await
        .unwrap();
    let number = case.number;
    let act = |caller: &Caller, code: &'static str, data: Value| {
        let (caller, number, world) = (caller.clone(), number.clone(), &world);
        async move { world.act(&caller, &number, code, data).await }
    };
    let joins = json!({ "department": "police", "name": "何勇", "task": "现场秩序" });
    act(&first, "join", joins.clone()).await.unwrap();
    assert_eq!(
        act(&first, "join", joins).await.unwrap_err().reason,
        "JOINED"
    );

    let told = json!({ "facts": "将住宅专门用于安放骨灰，有现场检查记录", "grounds": "殡葬管理条例（国令824号）",
                       "measure": "demolish", "content": "拆除存放设施，迁出骨灰", "fine_fen": 0 });
    assert_eq!(
        act(&first, "inform", told.clone())
            .await
            .unwrap_err()
            .reason,
        "NO_RECORD"
    );
    act(
        &first,
        "record",
        on_record("scene", "video", "JL001", "2026-05-12"),
    )
    .await
    .unwrap();
    assert_eq!(
        act(&first, "countersign", json!({}))
            .await
            .unwrap_err()
            .reason,
        "SAME_PERSON"
    );
    assert_eq!(
        act(&first, "inform", told.clone())
            .await
            .unwrap_err()
            .reason,
        "NO_RECORD"
    );
    act(&second, "countersign", json!({})).await.unwrap();
    assert_eq!(act(&first, "inform", told).await.unwrap().state, "informed");

    let agree = json!({ "agree": true, "opinion": "事实清楚，依据准确" });
    assert_eq!(
        act(&second, "review", agree.clone())
            .await
            .unwrap_err()
            .reason,
        "REVIEWER_TOOK_PART"
    );
    assert_eq!(
        act(&reviewer, "review", agree.clone())
            .await
            .unwrap_err()
            .reason,
        "STILL_HEARD"
    );
    let says =
        json!({ "said": "放弃陈述、申辩", "hearing": false, "adopted": false, "answer": "无异议" });
    act(&first, "statement", says).await.unwrap();
    let ruling = json!({ "document": "通民罚〔2026〕1号", "content": "限15日内拆除并迁出骨灰", "perform_days": 15 });
    assert_eq!(
        act(&head, "decide", ruling.clone())
            .await
            .unwrap_err()
            .reason,
        "REVIEW_MISSING"
    );
    assert_eq!(
        act(&first, "decide", ruling.clone())
            .await
            .unwrap_err()
            .reason,
        "WRONG_ROLE"
    );
    assert_eq!(
        act(&reviewer, "review", agree).await.unwrap().state,
        "reviewed"
    );
    let case = act(&head, "decide", ruling).await.unwrap();
    assert_eq!((case.state.as_str(), case.documents.len()), ("decided", 2));

    let done = json!({ "kind": "substitute", "on": "2026-05-12", "record": "代履行拆除" });
    assert_eq!(
        act(&first, "perform", done.clone())
            .await
            .unwrap_err()
            .reason,
        "NOT_DELIVERED"
    );
    act(
        &first,
        "record",
        on_record("delivery", "written", "JL002", "2026-05-12"),
    )
    .await
    .unwrap();
    act(&second, "countersign", json!({})).await.unwrap();
    assert_eq!(
        act(&first, "perform", done.clone())
            .await
            .unwrap_err()
            .reason,
        "NOT_PUBLISHED"
    );
    let case = act(
        &first,
        "publish",
        json!({ "place": "县政府网站执法公示栏" }),
    )
    .await
    .unwrap();
    let notice = case.notices.last().unwrap();
    let party = notice
        .rows
        .iter()
        .find(|row| row.label == "当事人")
        .unwrap();
    assert_eq!(party.value, "周**");
    assert_eq!(
        act(&first, "perform", done.clone())
            .await
            .unwrap_err()
            .reason,
        "NOT_FILMED"
    );
    act(
        &first,
        "record",
        on_record("execution", "video", "JL003", "2026-05-12"),
    )
    .await
    .unwrap();
    act(&second, "countersign", json!({})).await.unwrap();
    let case = act(&first, "perform", done).await.unwrap();
    assert_eq!(case.state, "closed");
    let kept_files = case.act_files.len();
    let kept = "select state || ' ' || closed_on from burial.enforcement";
    assert_eq!(world.text(kept).await, "closed 2026-05-12");

    // The party reads the decision, not the record.
    let party = world.citizen(&id_number(31));
    let request = pb::GetCaseRequest { number };
    let seen = unwrap(world.service.get_case(as_caller(&party, request)).await).unwrap();
    let titles: Vec<&str> = seen.sections.iter().map(|one| one.title.as_str()).collect();
    assert_eq!(titles, ["处理情况"]);
    // Nor its scans; officers find each at its line.
    assert!(seen.act_files.is_empty());
    assert_eq!(kept_files, 3);
}
