//! Three months of a search, and the settlement after them.

use axum::{
    Json, Router,
    extract::Path,
    http::StatusCode,
    routing::{get, post},
};
use serde_json::{Value, json};
use uuid::Uuid;
use yiwang_chassis::identity::Role;
use yiwang_proto::casework::v1::Case;

use crate::{
    stay_desk::Desk,
    world::{World, XIANAN, id_number, officer},
};

/// The number of the temporary household.
pub(super) const TEMPORARY: u32 = 21;

async fn taken() -> StatusCode {
    StatusCode::ACCEPTED
}

async fn compared(Path(key): Path<String>) -> Json<Value> {
    assert!(!key.is_empty());
    Json(json!({ "status": "done", "result": "no_match", "sample": "DNA-1" }))
}

/// A desk whose DNA base has nobody.
pub(super) async fn desk() -> Desk {
    yiwang_chassis::install_tls_provider();
    let router = Router::new()
        .route("/dna/v1/samples", post(taken))
        .route("/dna/v1/samples/{key}", get(compared));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    Desk::over(World::with_dna(&format!("http://{address}/dna/v1")).await)
}

fn media() -> Value {
    json!({ "media": "全国救助寻亲网、咸宁日报、头条寻人" })
}

fn up(to: &str) -> Value {
    json!({ "to": to, "document": "咸救寻〔2026〕5号", "reasons": "本地公安机关没有查明" })
}

/// Everything the law asks for, but the last refreshed notice.
async fn searched(desk: &Desk, stay: &str) {
    let act = async |action: &str, data: Value| {
        let done = desk.act(stay, action, data).await;
        done.unwrap_or_else(|fault| panic!("{action}: {fault:?}"));
    };
    let face = json!({ "fingerprint": "ZW42001", "photo": [Uuid::from_u128(77)],
                       "face_searched": true, "compared": "没有查到" });
    act("biometrics", face).await;
    let police = json!({ "station": "温泉派出所", "receipt": "BJ-7", "reasons": "疑似走失" });
    act("police_report", police).await;
    act("publish", media()).await;
    desk.world.go_to("2026-05-18T09:00:00").await;
    let dna = json!({ "station": "咸安公安分局", "document": "咸救函9号", "sample": "DNA-1" });
    act("request_dna", dna).await;
    desk.world.rest().await;
    desk.world.go_to("2026-05-23T09:00:00").await;
    act(
        "choose_care",
        json!({ "form": "house", "reasons": "能自理" }),
    )
    .await;
    desk.world.go_to("2026-06-10T09:00:00").await;
    act("refresh", media()).await;
    act("escalate", up("咸宁市民政局")).await;
    desk.world.go_to("2026-07-08T09:00:00").await;
    act("refresh", media()).await;
    act("escalate", up("湖北省民政厅")).await;
    desk.world.go_to("2026-08-06T09:00:00").await;
    act("escalate", up("民政部")).await;
}

fn asked(stay: &str) -> Value {
    json!({ "stay": stay, "letter": "咸救函〔2026〕31号", "home": "welfare",
            "institution": "咸宁市社会福利院", "plan": "福利院照料，费用由救助经费列支" })
}

fn registered() -> Value {
    json!({ "name": "咸安生", "number": id_number(TEMPORARY), "police": "温泉派出所",
            "household": "JT-0031", "on": "2026-09-14", "duplicates_checked": true,
            "duplicates_paper": "核查〔2026〕7号" })
}

/// Asked for, reviewed, approved, registered.
pub(super) async fn settled(desk: &Desk, stay: &str) -> Case {
    let world = &desk.world;
    let ask = || world.submit(&desk.first, "settlement", XIANAN, asked(stay));
    let early = ask().await.unwrap_err();
    assert_eq!(early.reason, "SETTLE_TOO_EARLY");
    searched(desk, stay).await;
    world.go_to("2026-08-20T09:00:00").await;
    // The notice should have been renewed on the eighth of August: named, and still to be done.
    let missing = ask().await.unwrap_err();
    assert_eq!(missing.reason, "SEARCH_INCOMPLETE");
    let steps: Vec<_> = missing.fields.iter().map(|it| it.field.as_str()).collect();
    assert_eq!(steps, ["/steps/refresh"]);
    assert!(
        missing.message.contains("更新寻亲公告"),
        "{}",
        missing.message
    );
    desk.act(stay, "refresh", media()).await.unwrap();
    let number = ask().await.unwrap().number;
    let twice = ask().await.unwrap_err();
    assert_eq!(twice.reason, "SETTLEMENT_OPEN");

    let review = json!({ "opinion": "寻亲步骤齐全，同意", "document": "咸民呈〔2026〕12号" });
    world
        .act(&desk.county, &number, "review", review)
        .await
        .unwrap();
    let early = world.act(&desk.county, &number, "register", registered());
    assert_eq!(early.await.unwrap_err().reason, "WRONG_STATE");
    let government = officer(9, "周县长", Role::Approver, "421202");
    world.go_to("2026-09-01T09:00:00").await;
    let approve = json!({ "document": "咸政函〔2026〕40号", "on": "2026-08-31" });
    // The notice of June is due again while the government thinks: nothing of the search rests.
    desk.act(stay, "refresh", media()).await.unwrap();
    let case = world.act(&government, &number, "approve", approve).await;
    let police = case.unwrap().clocks;
    let police = police.iter().find(|clock| clock.name == "police").unwrap();
    assert_eq!(police.last_day, "2026-09-29");
    world.go_to("2026-09-14T09:00:00").await;
    let mut unchecked = registered();
    unchecked["duplicates_paper"] = "".into();
    let unchecked = desk.act(&number, "register", unchecked).await.unwrap_err();
    assert_eq!(unchecked.reason, "DUPLICATES_UNCHECKED");
    desk.act(&number, "register", registered()).await.unwrap()
}
