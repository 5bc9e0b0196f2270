//! Same key, same answer.

use sqlx::PgPool;
use yiwang_chassis::{
    clock::{Clock as _, SystemClock},
    fault::Code,
    idempotency::{self, Begin},
};

use crate::support::service_database;

const BODY: [u8; 32] = [1; 32];
const OTHER_BODY: [u8; 32] = [2; 32];

/// Does the work of one call; `None` when it was a repeat.
async fn call(pool: &PgPool, key: &str, body: &[u8; 32]) -> (Option<()>, Vec<u8>) {
    let mut tx = pool.begin().await.unwrap();
    let now = SystemClock.now();
    match idempotency::begin(&mut tx, "account", key, body, now)
        .await
        .unwrap()
    {
        Begin::Replay(answer) => (None, answer),
        Begin::Fresh => {
            let place: i64 = sqlx::query_scalar(
                "insert into public.effect
                     (consumer, event_id, source, aggregate_id, version, payload)
                 values ('call', gen_random_uuid(), '', '', 1, '') returning place",
            )
            .fetch_one(&mut *tx)
            .await
            .unwrap();
            let answer = format!("number {place}").into_bytes();
            idempotency::finish(&mut tx, "account", key, &answer)
                .await
                .unwrap();
            tx.commit().await.unwrap();
            (Some(()), answer)
        }
    }
}

#[tokio::test]
async fn the_same_key_and_body_get_the_same_answer() {
    let db = service_database().await;
    let (worked, answer) = call(&db.pool, "key-1", &BODY).await;
    assert!(worked.is_some());
    for _ in 0..3 {
        assert_eq!(call(&db.pool, "key-1", &BODY).await, (None, answer.clone()));
    }
    let (worked, other) = call(&db.pool, "key-2", &BODY).await;
    assert!(worked.is_some());
    assert_ne!(other, answer);
}

#[tokio::test]
async fn the_same_key_with_another_body_is_refused() {
    let db = service_database().await;
    call(&db.pool, "key", &BODY).await;
    let mut tx = db.pool.begin().await.unwrap();
    let now = SystemClock.now();
    let fault = idempotency::begin(&mut tx, "account", "key", &OTHER_BODY, now)
        .await
        .unwrap_err();
    assert_eq!(fault.code, Code::IdempotencyMismatch);
    // Keys of another account are its own.
    let begun = idempotency::begin(&mut tx, "somebody", "key", &OTHER_BODY, now).await;
    assert_eq!(begun.unwrap(), Begin::Fresh);
}

#[tokio::test]
async fn keys_are_checked() {
    let db = service_database().await;
    let mut conn = db.pool.acquire().await.unwrap();
    let now = SystemClock.now();
    let long = "k".repeat(idempotency::MAX_KEY + 1);
    for (key, reason) in [
        ("", "IDEMPOTENCY_KEY_MISSING"),
        ("two words", "IDEMPOTENCY_KEY_INVALID"),
        ("编号", "IDEMPOTENCY_KEY_INVALID"),
        (long.as_str(), "IDEMPOTENCY_KEY_INVALID"),
    ] {
        let fault = idempotency::begin(&mut conn, "account", key, &BODY, now)
            .await
            .unwrap_err();
        assert_eq!(
            (fault.code, fault.reason.as_ref()),
            (Code::InvalidInput, reason)
        );
    }
    let unbegun = idempotency::finish(&mut conn, "account", "never", b"x").await;
    assert_eq!(unbegun.unwrap_err().code, Code::Internal);
}

#[tokio::test]
async fn concurrent_calls_do_the_work_once() {
    let db = service_database().await;
    let calls = (0..8).map(|_| call(&db.pool, "key", &BODY));
    let results = futures::future::join_all(calls).await;
    let worked = results
        .iter()
        .filter(|(worked, _)| worked.is_some())
        .count();
    assert_eq!(worked, 1);
    assert!(results.iter().all(|(_, answer)| *answer == results[0].1));
}

#[tokio::test]
async fn a_call_that_waited_does_the_work_when_the_first_gave_up() {
    let db = service_database().await;
    let now = SystemClock.now();
    let mut first = db.pool.begin().await.unwrap();
    let begun = idempotency::begin(&mut first, "account", "key", &BODY, now).await;
    assert_eq!(begun.unwrap(), Begin::Fresh);

    let second = call(&db.pool, "key", &BODY);
    let give_up = async {
        wait_for_a_waiting_lock(&db.pool).await;
        first.rollback().await.unwrap();
    };
    let ((worked, _), ()) = tokio::join!(second, give_up);
    assert!(worked.is_some());
}

#[tokio::test]
async fn purging_forgets_old_keys() {
    let db = service_database().await;
    call(&db.pool, "key", &BODY).await;
    let now = SystemClock.now();
    let week = idempotency::KEEP;
    let before = now.checked_sub(week).unwrap();
    assert_eq!(idempotency::purge(&db.pool, before).await.unwrap(), 0);
    let later = now.checked_add(std::time::Duration::from_secs(1)).unwrap();
    assert_eq!(idempotency::purge(&db.pool, later).await.unwrap(), 1);
    assert!(call(&db.pool, "key", &OTHER_BODY).await.0.is_some());
}

async fn wait_for_a_waiting_lock(pool: &PgPool) {
    crate::support::eventually("a waiting transaction", async || {
        let waiting: bool = sqlx::query_scalar(
            "select exists (select from pg_locks l join pg_stat_activity a using (pid)
                            where not l.granted and a.datname = current_database())",
        )
        .fetch_one(pool)
        .await
        .unwrap();
        waiting.then_some(())
    })
    .await;
}
