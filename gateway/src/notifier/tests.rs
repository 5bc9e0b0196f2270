//! An adapter of the test's own stands for the SMS platform.

use std::sync::Mutex;

use axum::{Router, extract::State as Held, http::StatusCode, routing::post};
use serde_json::Value;
use tokio::{net::TcpListener, task::JoinSet};
use uuid::Uuid;
use yiwang_chassis::{
    clock::ManualClock,
    db::to_chrono,
    ids,
    testing::{TestDb, database},
};
use yiwang_civic::{
    person_key::PersonKeyer,
    seal::{SealKey, Sealer},
};

use super::*;

fn wall() -> Timestamp {
    "2026-05-12T01:00:00Z".parse().unwrap()
}

#[test]
fn whoever_is_away_is_asked_later_and_later_and_a_refusal_ends_it() {
    let away = |attempts| {
        let away = CallError::Transient("away".into());
        after(Err(away), attempts, wall())
    };
    assert_eq!(away(1), (State::Due, wall() + SignedDuration::from_secs(5)));
    assert_eq!(
        away(3),
        (State::Due, wall() + SignedDuration::from_secs(20))
    );
    assert_eq!(away(TRIES).0, State::Failed);
    let refused = CallError::Refused("no".into());
    assert_eq!(after(Err(refused), 1, wall()).0, State::Failed);
    assert_eq!(after(Ok(()), 1, wall()).0, State::Sent);
}

type Heard = Arc<Mutex<Vec<Value>>>;

/// Is away at the first call, and keeps what it hears.
async fn adapter() -> (String, Heard, JoinSet<std::io::Result<()>>) {
    yiwang_chassis::install_tls_provider();
    let heard = Heard::default();
    let take = |Held(heard): Held<Heard>, body: String| async move {
        let mut heard = heard.lock().unwrap();
        heard.push(serde_json::from_str(&body).unwrap());
        match heard.len() {
            1 => StatusCode::SERVICE_UNAVAILABLE,
            _ => StatusCode::ACCEPTED,
        }
    };
    let router = Router::new()
        .route("/sms/v1/messages", post(take))
        .with_state(heard.clone());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}/sms/v1", listener.local_addr().unwrap());
    let mut serves = JoinSet::new();
    serves.spawn(async move { axum::serve(listener, router).await });
    (base, heard, serves)
}

fn vault() -> Arc<Vault> {
    let sealer = Sealer::new("k", [("k".to_owned(), SealKey::Aes256Gcm([7; 32]))]).unwrap();
    let vault = Vault::new(sealer, PersonKeyer::new(&[7; 32]).unwrap(), vec![]);
    let secret = yiwang_chassis::department::Secrets::from(vec![1_u8; 32]);
    Arc::new(vault.with_departments([("sms".to_owned(), secret)].into()))
}

async fn account(db: &TestDb, vault: &Vault, login: &str, texts: bool) -> Uuid {
    let id = ids::new(wall());
    let phone = vault.seal_text(Column::Phone, id, "13800001234").unwrap();
    sqlx::query(
        "insert into gateway.account (id, login, password_hash, name_sealed, phone_sealed, texts,
                                      created_at, password_changed_at)
         values ($1, $2, '', '', $3, $4, $5, $5)",
    )
    .bind(id)
    .bind(login)
    .bind(phone)
    .bind(texts)
    .bind(to_chrono(wall()))
    .execute(&db.pool)
    .await
    .unwrap();
    id
}

async fn message(db: &TestDb, account: Uuid, at: Timestamp) {
    sqlx::query(
        "insert into gateway.message (id, account, case_number, item, item_title, state_label, text, at)
         values ($1, $2, 'DB42032326', 'minimum-living', '最低生活保障', '已确认', '每月640元。', $3)",
    )
    .bind(ids::new(at))
    .bind(account)
    .bind(to_chrono(at))
    .execute(&db.pool)
    .await
    .unwrap();
}

async fn states(db: &TestDb) -> Vec<(String, i64)> {
    sqlx::query_as("select state, count(*) from gateway.notification group by state order by state")
        .fetch_all(&db.pool)
        .await
        .unwrap()
}

#[tokio::test]
async fn a_text_says_that_there_is_news_once_to_whoever_wants_it() {
    let db = database(&crate::schemas()).await;
    let (base, heard, _serves) = adapter().await;
    let vault = vault();
    let config = config::Notifier {
        sms: base,
        platform: String::new(),
        timeout: Duration::from_secs(5),
    };
    let clock = Arc::new(ManualClock::new(wall()));
    let notifier = Notifier::open(&config, db.pool.clone(), vault.clone(), clock).unwrap();
    let wants = account(&db, &vault, "wants", true).await;
    let quiet = account(&db, &vault, "quiet", false).await;
    message(&db, wants, wall()).await;
    message(&db, quiet, wall()).await;
    message(&db, wants, wall() - FRESH - SignedDuration::from_secs(1)).await;

    notifier.work_off().await.unwrap();
    let expected = [("due".to_owned(), 1), ("unwanted".to_owned(), 1)];
    assert_eq!(states(&db).await, expected, "it was away; old news is none");
    sqlx::query("update gateway.notification set due_at = now() where state = 'due'")
        .execute(&db.pool)
        .await
        .unwrap();
    for _ in 0..2 {
        notifier.work_off().await.unwrap();
    }
    let expected = [("sent".to_owned(), 1), ("unwanted".to_owned(), 1)];
    assert_eq!(states(&db).await, expected);
    let heard = heard.lock().unwrap();
    assert_eq!(heard.len(), 2, "once in vain, once heard");
    assert_eq!(heard[0], heard[1], "the same again");
    assert_eq!(heard[1]["phone"], "13800001234");
    let text = heard[1]["text"].as_str().unwrap();
    assert!(
        text.contains("最低生活保障") && !text.contains("640"),
        "{text}"
    );
}
