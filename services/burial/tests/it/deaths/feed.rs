//! The health department's feed over real HTTP.

use std::sync::{Arc, Mutex};

use axum::{
    Json, Router,
    extract::{Query, State},
    routing::get,
};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use yiwang_burial::deaths::{DeathsService, feed::Feed};
use yiwang_chassis::identity::Role;
use yiwang_proto::burial::v1::{self as pb, deaths_server::Deaths};

use super::{CLINIC, form, told};
use crate::world::{TONGSHAN, World, as_caller, client, id_number, officer, unwrap};

type Book = Arc<Mutex<Vec<Value>>>;

#[derive(Deserialize)]
struct After {
    after: u64,
}

async fn certificates(State(book): State<Book>, Query(after): Query<After>) -> Json<Value> {
    let book = book.lock().unwrap();
    let later = book
        .iter()
        .filter(|one| one["sequence"].as_u64() > Some(after.after));
    Json(json!({ "certificates": later.cloned().collect::<Vec<_>>() }))
}

async fn department(world: &World) -> (Feed, Book) {
    let book = Book::default();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}/health/v1", listener.local_addr().unwrap());
    let router = Router::new()
        .route("/health/v1/certificates", get(certificates))
        .with_state(book.clone());
    tokio::spawn(async move { axum::serve(listener, router).await });
    let feed = Feed {
        runtime: world.rt.clone(),
        health: client(&base),
    };
    (feed, book)
}

fn certificate(sequence: u64, kind: &str, id: &str) -> Value {
    json!({
        "sequence": sequence, "record": format!("JK{}", &id[14..17]), "kind": kind, "number": id,
        "name": "王德发", "document": { "kind": "citizen_id", "number": id },
        "household": TONGSHAN, "ethnicity": "01", "died_at": "2026-07-01T03:20:00+08:00",
        "place": TONGSHAN, "place_kind": "hospital", "cause": "natural", "signer": "hospital",
        "issuer": CLINIC, "issuer_name": "通山县人民医院", "signed_on": "2026-07-01",
    })
}

#[tokio::test]
async fn each_certificate_is_taken_once_and_a_bad_one_holds_up_nobody() {
    let world = World::new().await;
    world.go_to("2026-07-02T09:00:00").await;
    let (feed, book) = department(&world).await;
    assert_eq!(feed.read().await.unwrap(), 0);
    let (first, second, third) = (id_number(1), id_number(2), id_number(3));
    let mut forged = certificate(2, "signed", &second);
    forged["issuer"] = "124212244200000011".into();
    let torn = json!({ "sequence": 3, "kind": "signed" });
    let mut corrected = certificate(5, "corrected", &first);
    corrected["died_at"] = "2026-06-30T23:10:00+08:00".into();
    book.lock().unwrap().extend([
        certificate(1, "signed", &first),
        forged,
        torn,
        certificate(4, "signed", &third),
        corrected,
    ]);
    let both = tokio::join!(feed.read(), feed.read());
    assert_eq!(both.0.unwrap() + both.1.unwrap(), 5);
    assert_eq!(feed.read().await.unwrap(), 0);
    let kinds = |told: Vec<(String, String, String)>| {
        told.into_iter()
            .map(|one| (one.0, one.1))
            .collect::<Vec<_>>()
    };
    let pair = |kind: &str, day: &str| (kind.to_owned(), day.to_owned());
    assert_eq!(
        kinds(told(&world, &first).await),
        [
            pair("recorded", "2026-07-01"),
            pair("corrected", "2026-06-30")
        ]
    );
    assert!(told(&world, &second).await.is_empty());
    assert_eq!(
        kinds(told(&world, &third).await),
        [pair("recorded", "2026-07-01")]
    );
    let alarms = "select reference || ' ' || reason || ' ' || division
                    from burial.death_alarm order by reference";
    assert_eq!(
        world.texts(alarms).await,
        [
            format!("health 2 CREDIT_CODE {TONGSHAN}"),
            "health 3 MALFORMED 000000".to_owned()
        ]
    );
    // Nothing of a person stands in the clear.
    let clear = format!("{first}|{second}|王德发");
    let rows: Vec<String> = world
        .texts(
            "select row_to_json(death)::text from burial.death union all
                select row_to_json(a)::text from burial.death_alarm a",
        )
        .await;
    assert!(
        rows.iter()
            .all(|row| clear.split('|').all(|word| !row.contains(word)))
    );
}

#[tokio::test]
async fn the_department_voids_nothing_alone() {
    let world = World::new().await;
    world.go_to("2026-07-02T09:00:00").await;
    let (feed, book) = department(&world).await;
    let id = id_number(1);
    let mut voided = certificate(2, "voided", &id);
    voided["reason"] = "签发时误填他人身份证号".into();
    book.lock()
        .unwrap()
        .extend([certificate(1, "signed", &id), voided]);
    feed.read().await.unwrap();
    assert_eq!(told(&world, &id).await.len(), 1);
    let service = DeathsService::new(world.rt.clone());
    let approver = officer(3, "吴审批", Role::Approver, "421224");
    let list = pb::ListDeathRevocationsRequest::default();
    let list = service
        .list_death_revocations(as_caller(&approver, list))
        .await;
    let open = unwrap(list).unwrap().revocations;
    assert_eq!(
        (open.len(), open[0].asked_by.as_str()),
        (1, "通山县人民医院")
    );
    let decide = pb::DecideDeathRevocationRequest {
        idempotency_key: "d".into(),
        id: open[0].id.clone(),
        agree: true,
        reason: "与医院核对无误".into(),
    };
    unwrap(
        service
            .decide_death_revocation(as_caller(&approver, decide))
            .await,
    )
    .unwrap();
    assert_eq!(told(&world, &id).await.last().unwrap().0, "revoked");
}

/// Labels and texts of the first block, then the lines of the history.
async fn shown(world: &World, number: &str) -> (Vec<String>, Vec<String>) {
    let case = world.get(number).await;
    let steps = case.sections[0].rows.iter().map(|row| row.label.clone());
    let lines = world.texts("select note from casework.history order by version");
    (steps.collect(), lines.await)
}

#[tokio::test]
async fn what_the_department_corrects_stands_in_the_case_of_the_paper() {
    let world = World::new().await;
    world.go_to("2026-07-02T09:00:00").await;
    let (feed, book) = department(&world).await;
    let id = id_number(1);
    let (doctor, clerk) = (
        officer(1, "刘医生", Role::TownshipOfficer, TONGSHAN),
        officer(2, "周窗口", Role::Clerk, "421224"),
    );
    let mut paper = form(&id, &id);
    paper["paper"]["signed_on"] = "2026-07-01".into();
    paper["dead"]["died_on"] = "2026-07-01".into();
    let case = world
        .submit(&doctor, "death-certificate", TONGSHAN, paper)
        .await
        .unwrap();
    let number = case.number;
    world
        .act(&clerk, &number, "check", json!({ "checked": true }))
        .await
        .unwrap();

    let mut corrected = certificate(1, "corrected", &id);
    corrected["died_at"] = "2026-06-30T23:10:00+08:00".into();
    corrected["reason"] = "死亡日期笔误".into();
    let mut voided = certificate(2, "voided", &id);
    voided["reason"] = "签发时误填他人身份证号".into();
    book.lock().unwrap().extend([corrected, voided]);
    assert_eq!(feed.read().await.unwrap(), 2);
    assert_eq!(
        world
            .text("select count(*)::text from burial.death_alarm")
            .await,
        "0"
    );
    let case = world.get(&number).await;
    let form: Value = serde_json::from_str(&case.form).unwrap();
    assert_eq!(
        (&form["dead"]["died_on"], &form["dead"]["died_time"]),
        (&json!("2026-06-30"), &json!("23:10"))
    );
    assert_eq!(case.state, "recorded");
    let (steps, lines) = shown(&world, &number).await;
    assert!(steps.contains(&"签发单位更正".to_owned()), "{steps:?}");
    assert!(
        steps.contains(&"签发单位作废，待审批".to_owned()),
        "{steps:?}"
    );
    let words = ["签发单位更正死亡信息：死亡时间", "签发单位作废证明，待审批"];
    assert!(
        words
            .iter()
            .all(|word| lines.iter().any(|line| line.contains(word))),
        "{lines:?}"
    );
    let titles: Vec<&str> = case
        .documents
        .iter()
        .map(|one| one.title.as_str())
        .collect();
    assert!(titles.contains(&"死亡信息更正告知"), "{titles:?}");

    // The approver says no; the department asks again, and this time the case's own approver
    // voids it: nothing stays open.
    let service = DeathsService::new(world.rt.clone());
    let approver = officer(3, "吴审批", Role::Approver, "421224");
    let open = async || {
        let list = pb::ListDeathRevocationsRequest::default();
        let list = service.list_death_revocations(as_caller(&approver, list));
        unwrap(list.await).unwrap().revocations
    };
    let decide = pb::DecideDeathRevocationRequest {
        idempotency_key: "d".into(),
        id: open().await[0].id.clone(),
        agree: false,
        reason: "核对身份证，确为本人死亡".into(),
    };
    let decided = service.decide_death_revocation(as_caller(&approver, decide));
    assert_eq!(unwrap(decided.await).unwrap().state, "refused");
    let (steps, _) = shown(&world, &number).await;
    assert!(steps.contains(&"不予撤销".to_owned()), "{steps:?}");
    book.lock().unwrap().push(certificate(3, "voided", &id));
    feed.read().await.unwrap();
    assert_eq!(open().await.len(), 1);
    let reasons = json!({ "reasons": "医院再次作废，核对属实" });
    world
        .act(&clerk, &number, "ask_void", reasons.clone())
        .await
        .unwrap();
    let case = world
        .act(&approver, &number, "void", reasons)
        .await
        .unwrap();
    assert_eq!(case.state, "voided");
    assert!(open().await.is_empty());
    let events: Vec<String> = told(&world, &id)
        .await
        .into_iter()
        .map(|one| one.0)
        .collect();
    assert_eq!(events, ["recorded", "corrected", "revoked"]);
}
