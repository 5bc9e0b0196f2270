//! A database that went back to a backup.

use std::fs;

use yiwang_chassis::{
    audit::{self, Finding, Lost, RestoredError},
    clock::{Clock as _, SystemClock},
};

use super::{Log, SERVICE};
use crate::support::{Tasks, eventually};

impl Log {
    async fn restored(&self, dry_run: bool) -> Result<Option<Lost>, RestoredError> {
        let keys = [self.key.verifying_key()];
        let (pool, dir, now) = (&self.db.pool, self.dir.path(), SystemClock.now());
        audit::restored(pool, SERVICE, dir, &keys, now, "disk lost", dry_run).await
    }
}

const TO_18: &str = "delete from chassis.audit_entry where position > 18";

#[tokio::test]
async fn the_heads_of_lost_entries_are_kept_apart_and_the_log_goes_on() {
    let log = Log::thirty().await;
    let whole = fs::read_to_string(log.heads()).unwrap();
    assert_eq!(log.restored(false).await.unwrap(), None, "nothing is lost");

    log.tamper(TO_18).await;
    let seen = log.restored(true).await.unwrap().unwrap();
    assert_eq!((seen.first, seen.last, seen.heads), (19, 30, 2));
    assert!(!seen.kept_in.exists(), "a dry run keeps nothing");
    assert_eq!(fs::read_to_string(log.heads()).unwrap(), whole);

    let lost = log.restored(false).await.unwrap().unwrap();
    assert_eq!((lost.first, lost.last, lost.heads), (19, 30, 2));
    let (kept, now) = (
        fs::read_to_string(&lost.kept_in),
        fs::read_to_string(log.heads()),
    );
    assert_eq!(now.unwrap() + &kept.unwrap(), whole);
    assert!(log.verify().await.is_clean());
    assert_eq!(log.restored(false).await.unwrap(), None, "once is enough");

    log.record(20).await;
    log.chain().await;
    let report = log.verify().await;
    assert!(report.is_clean(), "{:?}", report.findings);
    // The restore itself is an entry.
    assert_eq!((report.entries, report.heads, report.unsigned), (39, 2, 0));
    let said: (String, String) = sqlx::query_as(
        "select object, purpose from chassis.audit_entry where action = 'audit.restored'",
    )
    .fetch_one(&log.db.pool)
    .await
    .unwrap();
    assert_eq!(said, ("entries/19-30".to_owned(), "disk lost".to_owned()));
}

#[tokio::test]
async fn a_log_that_lost_all_of_it_begins_anew() {
    let log = Log::thirty().await;
    log.tamper("truncate chassis.audit_entry").await;
    let lost = log.restored(false).await.unwrap().unwrap();
    assert_eq!((lost.first, lost.last, lost.heads), (1, 30, 3));
    log.record(3).await;
    log.chain().await;
    assert!(log.verify().await.is_clean());
}

#[tokio::test]
async fn a_head_that_a_crash_cut_is_no_obstacle() {
    let log = Log::thirty().await;
    let whole = fs::read_to_string(log.heads()).unwrap();
    fs::write(log.heads(), format!("{whole}{{\"service\":\"assis")).unwrap();
    assert!(log.verify().await.is_clean());
    log.tamper(TO_18).await;
    let lost = log.restored(false).await.unwrap().unwrap();
    assert_eq!((lost.first, lost.last, lost.heads), (19, 30, 2));
    assert!(log.verify().await.is_clean());
}

#[tokio::test]
async fn nothing_but_a_lost_end_is_taken_for_a_restore() {
    let log = Log::thirty().await;
    let changed = "update chassis.audit_entry set actor = 'nobody' where position = 13";
    for forgery in [
        changed.to_owned(),
        format!("{changed}; {TO_18}"),
        format!("delete from chassis.audit_entry where position = 3; {TO_18}"),
    ] {
        log.tamper(&forgery).await;
        let refused = log.restored(false).await.unwrap_err();
        assert!(
            matches!(refused, RestoredError::Otherwise(_)),
            "{forgery}: {refused}"
        );
        log.restore().await;
    }
    assert_eq!(fs::read_dir(log.dir.path()).unwrap().count(), 1);
}

#[tokio::test]
async fn once_services_have_run_it_is_too_late() {
    let log = Log::thirty().await;
    log.tamper("delete from chassis.audit_entry where position > 15")
        .await;
    log.record(3).await;
    log.chain().await;
    let refused = log.restored(false).await.unwrap_err();
    let cut = Finding::Truncated {
        last: 18,
        signed: 30,
    };
    assert!(
        matches!(&refused, RestoredError::Otherwise(found) if *found == cut),
        "{refused}"
    );
}

#[tokio::test]
async fn nothing_is_set_aside_under_a_service_that_runs() {
    let log = Log::thirty().await;
    log.tamper(TO_18).await;
    let mut tasks = Tasks::default();
    tasks.spawn(log.chainer().run(tasks.token()));
    eventually("a refusal", async || {
        matches!(log.restored(true).await, Err(RestoredError::Running)).then_some(())
    })
    .await;
    tasks.stop().await;
}
