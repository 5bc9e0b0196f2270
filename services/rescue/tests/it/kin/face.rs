//! The face of somebody whom a family misses: put by their own office, gone when it has served.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::json;
use uuid::Uuid;
use yiwang_chassis::identity::Role;
use yiwang_proto::rescue::v1::{self as pb, kin_server::Kin as _};

use super::Searching;
use crate::world::{as_caller, id_number, officer, unwrap};

#[tokio::test(flavor = "multi_thread")]
async fn put_by_their_own_office_and_gone_when_found() {
    let s = Searching::new().await;
    let (desk, world) = (&s.desk, &s.desk.world);
    let daughter = world.citizen(&id_number(5));
    let form = json!({
        "reporter": { "name": "陈秀兰", "id_number": id_number(5), "phone": "13800000000", "relation": "child" },
        "name": "陈志强", "sex": "male", "born": "1958-03-02", "home": "610902",
        "address": "安康市汉滨区五里镇刘家坡村", "last_seen_on": "2026-04-20",
        "last_seen_place": "420106", "consent_search": true, "consent_face": true,
    });
    let family = world.submit(&daughter, "missing-person", "610902101", form);
    let family = family.await.unwrap().number;
    let put = || pb::PutFaceRequest {
        idempotency_key: Uuid::now_v7().to_string(),
        case_number: family.clone(),
        face: STANDARD.encode([28_u8; 128]),
        module: "站内人脸识别".into(),
    };
    let stranger = s.kin.put_face(as_caller(&desk.first, put())).await;
    assert_eq!(unwrap(stranger).unwrap_err().reason, "CASE_NOT_FOUND");
    let theirs = officer(91, "陈建民", Role::Station, "610902");
    unwrap(s.kin.put_face(as_caller(&theirs, put())).await).unwrap();
    let kept = "select count(*) from rescue.report where face is not null";
    assert_eq!(s.count(kept).await, 1);
    let how = json!({ "how": "在亲戚家找到了" });
    world
        .act(&daughter, &family, "found_elsewhere", how)
        .await
        .unwrap();
    assert_eq!(s.count(kept).await, 0);
}
