//! Two compare, the police answer, the family hears it; a face alone is nothing.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::{Value, json};
use uuid::Uuid;
use yiwang_chassis::{fault::Fault, identity::Caller};
use yiwang_proto::rescue::v1::{self as pb, kin_server::Kin as _};

use super::{Searching, identity, other, told};
use crate::world::{as_caller, id_number, unwrap};

#[tokio::test(flavor = "multi_thread")]
async fn two_compare_the_police_answer_and_the_family_hears_it() {
    let s = Searching::new().await;
    let (desk, world) = (&s.desk, &s.desk.world);
    let daughter = world.citizen(&id_number(5));
    let form = json!({
        "reporter": { "name": "陈秀兰", "id_number": id_number(5), "phone": "13800000000", "relation": "child" },
        "name": "陈志强", "sex": "male", "names": "狗娃", "born": "1958-03-02", "home": "610902",
        "address": "安康市汉滨区五里镇刘家坡村", "last_seen_on": "2026-04-20", "last_seen_place": "420106",
        "marks": "左手断掉食指", "consent_search": false,
    });
    let refused = world
        .submit(&daughter, "missing-person", "610902101", form.clone())
        .await;
    assert_eq!(refused.unwrap_err().fields[0].field, "/consent_search");
    let mut form = form;
    form["consent_search"] = json!(true);
    let family = world
        .submit(&daughter, "missing-person", "610902101", form)
        .await
        .unwrap();
    assert_eq!(family.state, "searching");
    let stay = s.stranded(told()).await;
    s.look().await;
    let number = s.find(&stay).await.candidates[0].r#match.clone();
    assert!(!number.is_empty(), "raised by itself");
    let early = world.act(&desk.first, &number, "confirm", identity()).await;
    assert_eq!(early.unwrap_err().reason, "WRONG_STATE");
    s.answered(&number, "police").await;
    let seen = world.get(&family.number).await;
    assert_eq!(seen.state, "checking");
    let done = followed(&s, &daughter, &family.number).await.unwrap();
    assert_eq!(
        (done.pool, done.alike, done.excluded, done.with_police),
        (1, 1, 0, 1)
    );
    assert!(done.searched && !done.face, "{done:?}");
    // Nobody else's: not of a stranger, not of the staff who search.
    for other in [&world.citizen(&id_number(6)), &desk.first] {
        let hidden = followed(&s, other, &family.number).await.unwrap_err();
        assert_eq!(hidden.reason, "CASE_NOT_FOUND");
    }
    assert!(
        !format!("{seen:?}").contains("咸宁"),
        "not where, before it is confirmed"
    );
    let case = world
        .act(&desk.first, &number, "confirm", identity())
        .await
        .unwrap();
    assert_eq!(case.state, "confirmed");
    let seen = world.get(&family.number).await;
    assert_eq!(seen.state, "matched");
    assert!(format!("{seen:?}").contains("咸宁市救助管理站"));
    assert_eq!(
        s.count("select count(*) from rescue.stay where person_key is not null")
            .await,
        1
    );
    assert_eq!(
        s.count("select count(*) from rescue.clues where active")
            .await,
        0
    );
    assert_eq!(
        s.count("select count(*) from rescue.report where state = 'found'")
            .await,
        1
    );
    assert_eq!(desk.told("yiwang.rescue.match.confirmed").await, 1);
    assert_eq!(desk.told("yiwang.rescue.stay.identified").await, 1);
    // It was wrong: taken back by the county, both go on searching.
    let wrong = json!({ "reasons": "指纹复核不是同一人" });
    let station = world
        .act(&desk.second, &number, "take_back", wrong.clone())
        .await;
    assert!(station.is_err());
    world
        .act(&desk.county, &number, "take_back", wrong)
        .await
        .unwrap();
    assert_eq!(world.get(&family.number).await.state, "searching");
    assert_eq!(
        s.count("select count(*) from rescue.clues where active")
            .await,
        1
    );
    assert_eq!(
        s.count("select count(*) from rescue.stay where person_key is not null")
            .await,
        0
    );
    let case = world
        .act(
            &desk.first,
            &number,
            "reopen",
            json!({ "reasons": "再核一次" }),
        )
        .await;
    assert_eq!(case.unwrap().state, "candidate");
    let case = world
        .act(&daughter, &family.number, "withdraw", Value::Null)
        .await
        .unwrap();
    assert_eq!(case.state, "withdrawn");
    s.look().await;
    assert_eq!(world.get(&number).await.state, "lapsed");
}

/// What a family reads of its search.
async fn followed(s: &Searching, who: &Caller, number: &str) -> Result<pb::ReportFollowed, Fault> {
    let case_number = number.to_owned();
    let request = pb::FollowReportRequest { case_number };
    unwrap(s.kin.follow_report(as_caller(who, request)).await)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_face_alone_never_confirms() {
    let s = Searching::new().await;
    let (desk, world) = (&s.desk, &s.desk.world);
    let face: Vec<u8> = (0..128_u8)
        .map(|n| if n % 2 == 0 { 28 } else { 228 })
        .collect();
    let face = STANDARD.encode(face);
    let mut report = other(1);
    report["face"] = json!(face);
    s.import(vec![report], &[]).await;
    let stay = s.stranded(json!({ "condition": "不说话" })).await;
    let put = |number: &str, face: &str| pb::PutFaceRequest {
        idempotency_key: Uuid::now_v7().to_string(),
        case_number: number.to_owned(),
        face: face.to_owned(),
        module: "站内人脸识别".into(),
    };
    let short = unwrap(
        s.kin
            .put_face(as_caller(&desk.first, put(&stay, "AAAA")))
            .await,
    );
    assert_eq!(short.unwrap_err().fields[0].field, "/face");
    unwrap(
        s.kin
            .put_face(as_caller(&desk.first, put(&stay, &face)))
            .await,
    )
    .unwrap();
    let sealed: Vec<u8> = sqlx::query_scalar("select face from rescue.clues")
        .fetch_one(&world.db.pool)
        .await
        .unwrap();
    assert!(!sealed.windows(4).any(|part| part == [28, 228, 28, 228]));
    s.look().await;
    let best = s.find(&stay).await.candidates[0].clone();
    assert_eq!(best.alone, "face", "{best:?}");
    let number = match best.r#match.as_str() {
        "" => s.raised(&stay, &best.report).await,
        number => number.to_owned(),
    };
    s.answered(&number, "police").await;
    let alone = world.act(&desk.first, &number, "confirm", identity()).await;
    assert_eq!(alone.unwrap_err().reason, "FACE_ALONE");
    assert_eq!(
        s.count("select count(*) from rescue.stay where person_key is not null")
            .await,
        0
    );
    let out = json!({ "reasons": "没有其他依据" });
    world
        .act(&desk.first, &number, "reject", out)
        .await
        .unwrap();
    assert_eq!(
        s.count("select count(*) from chassis.audit_entry where action = 'biometrics.face'")
            .await,
        1
    );
    // Known and gone: the face has served its purpose.
    let faces = "select count(*) from rescue.clues where face is not null";
    desk.identified(&stay, "李四", &id_number(77)).await;
    assert_eq!(s.count(faces).await, 1);
    let own = json!({ "signed": true, "things_returned": true, "ticket": "none" });
    desk.act(&stay, "leave_own_word", own).await.unwrap();
    assert_eq!(s.count(faces).await, 0);
}
