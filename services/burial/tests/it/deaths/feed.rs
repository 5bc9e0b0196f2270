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

use super::{CLINIC, told};
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
