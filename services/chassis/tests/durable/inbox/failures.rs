//! Events that fail, and what an operator does about them.

use yiwang_chassis::dead_letter::{self, DeadLetterError};

use super::{Fixture, applied};
use crate::support::{DEADLINE, Mood, Wire};

#[tokio::test]
async fn a_rejected_event_holds_back_its_aggregate_until_it_is_replayed() {
    let it = Fixture::new().await;
    it.recorder.set_mood("bad-2", Some(Mood::Reject));
    it.send_all("bad", [1, 2, 3, 4]).await;
    it.send_all("good", [1, 2]).await;
    let effects = it.service.wait_for_effects(3).await;
    assert_eq!(applied(&effects, "bad"), [1]);
    assert_eq!(applied(&effects, "good"), [1, 2]);
    it.wait_for("parked", 2).await;

    let letter = it.dead_letter().await;
    assert_eq!(letter.aggregate.as_deref(), Some("burial/death/bad"));
    assert_eq!(
        (letter.version, letter.attempts, letter.waiting),
        (Some(2), 1, 2)
    );
    assert_eq!(letter.reason, "not acceptable");

    it.recorder.set_mood("bad-2", None);
    dead_letter::replay(&it.service.db.pool, letter.id, letter.died_at)
        .await
        .unwrap();
    let effects = it.service.wait_for_effects(6).await;
    assert_eq!(applied(&effects, "bad"), [1, 2, 3, 4]);
    it.wait_for("dead", 0).await;
    let again = dead_letter::replay(&it.service.db.pool, letter.id, letter.died_at).await;
    assert!(matches!(again, Err(DeadLetterError::NotFound(_))));
    it.tasks.stop().await;
}

#[tokio::test]
async fn a_failing_event_is_tried_eight_times_and_then_given_up() {
    let it = Fixture::new().await;
    it.recorder.set_mood("a-1", Some(Mood::Retry(100)));
    it.recorder.set_mood("b-1", Some(Mood::Retry(3)));
    it.recorder.set_mood("c-1", Some(Mood::Panic));
    for id in ["a", "b", "c"] {
        it.send_all(id, [1, 2]).await;
    }
    it.wait_for("dead", 2).await;
    let effects = it.service.wait_for_effects(2).await;
    assert_eq!(applied(&effects, "b"), [1, 2]);
    assert_eq!(effects.len(), 2);
    let mut letters = dead_letter::list(&it.service.db.pool, 10).await.unwrap();
    letters.sort_by(|a, b| a.aggregate.cmp(&b.aggregate));
    assert_eq!(letters[0].reason, "not now");
    assert_eq!(letters[1].reason, "the handler panicked");
    assert!(letters.iter().all(|letter| letter.attempts == 8));

    // An operator gives the event up; its aggregate goes on without it.
    let (pool, now) = (&it.service.db.pool, letters[0].died_at);
    dead_letter::discard(pool, letters[0].id, "settled by hand", now)
        .await
        .unwrap();
    let audited: Vec<(String, String)> = sqlx::query_as(
        "select action, purpose from chassis.audit_entry where actor = 'system:ops'",
    )
    .fetch_all(pool)
    .await
    .unwrap();
    let reason = (
        "dead_letter.discard".to_owned(),
        "settled by hand".to_owned(),
    );
    assert_eq!(audited, [reason]);
    let effects = it.service.wait_for_effects(3).await;
    assert_eq!(applied(&effects, "a"), [2]);
    it.tasks.stop().await;
}

#[tokio::test]
async fn redelivery_of_a_dead_event_does_not_revive_it() {
    let it = Fixture::new().await;
    it.recorder.set_mood("a-1", Some(Mood::Reject));
    let event = Wire::new("a", 1);
    it.send(&event).await;
    let letter = it.dead_letter().await;
    it.recorder.set_mood("a-1", None);
    it.send(&event).await;
    it.send_all("b", [1]).await;
    let effects = it.service.wait_for_effects(1).await;
    assert_eq!(applied(&effects, "a"), [] as [i64; 0]);
    assert_eq!(it.dead_letter().await.id, letter.id);
    it.tasks.stop().await;
}

#[tokio::test]
async fn a_message_that_is_no_event_holds_nothing_back() {
    let it = Fixture::new().await;
    let context = it.service.broker.context();
    let junk = context.publish("yiwang.burial.death.recorded", "junk".into());
    junk.await.unwrap().await.unwrap();
    it.send_all("a", [1]).await;
    it.service.wait_for_effects(1).await;
    let letter = it.dead_letter().await;
    assert_eq!(letter.event_id, None);
    assert_eq!(letter.reason, "the header ce-subject is missing");
    let pool = &it.service.db.pool;
    let replayed = dead_letter::replay(pool, letter.id, letter.died_at).await;
    assert!(matches!(replayed, Err(DeadLetterError::Unreadable(_))));
    dead_letter::discard(pool, letter.id, "no event", letter.died_at)
        .await
        .unwrap();
    assert!(dead_letter::list(pool, 10).await.unwrap().is_empty());
    it.tasks.stop().await;
}

#[tokio::test]
async fn an_event_waits_while_the_database_refuses_to_write() {
    let it = Fixture::new().await;
    it.send_all("a", [1]).await;
    it.service.wait_for_effects(1).await;
    set_read_only(&it, true).await;
    it.send_all("a", [2, 3]).await;
    // Give the broker time to deliver more than once.
    let refused = tokio::time::timeout(DEADLINE / 10, it.service.wait_for_effects(2)).await;
    assert!(refused.is_err());
    set_read_only(&it, false).await;
    let effects = it.service.wait_for_effects(3).await;
    assert_eq!(applied(&effects, "a"), [1, 2, 3]);
    assert_eq!(it.count("dead").await, 0);
    it.tasks.stop().await;
}

async fn set_read_only(it: &Fixture, on: bool) {
    let pool = &it.service.db.pool;
    let (database,): (String,) = sqlx::query_as("select current_database()::text")
        .fetch_one(pool)
        .await
        .unwrap();
    let word = if on { "on" } else { "off" };
    let sql = format!("alter database {database} set default_transaction_read_only = {word}");
    // Alone in its session, which the setting does not bind.
    let mut conn = pool.begin().await.unwrap();
    sqlx::query("set transaction read write")
        .execute(&mut *conn)
        .await
        .unwrap();
    sqlx::raw_sql(sqlx::AssertSqlSafe(sql))
        .execute(&mut *conn)
        .await
        .unwrap();
    conn.commit().await.unwrap();
    // The setting binds new sessions: end the others.
    sqlx::query(
        "select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and pid <> pg_backend_pid()",
    )
    .execute(pool)
    .await
    .unwrap();
}
