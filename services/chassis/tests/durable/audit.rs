//! The audit log: whatever was done to it, verification names the place.

use std::{fs, path::PathBuf, time::Duration};

use ed25519_dalek::{SigningKey, VerifyingKey};
use serde_json::json;
use sqlx::{AssertSqlSafe, Executor as _};
use yiwang_chassis::{
    audit::{self, Chainer, Entry, Finding, Outcome, Report},
    clock::{Clock as _, SystemClock},
    testing::{Scratch, TestDb},
};

use crate::support::{Tasks, eventually, service_database};

mod heads;
mod restored;

const SERVICE: &str = "assistance";

struct Log {
    db: TestDb,
    dir: Scratch,
    key: SigningKey,
}

impl Log {
    async fn new() -> Self {
        Self {
            db: service_database().await,
            dir: Scratch::new(),
            key: SigningKey::from_bytes(&[7; 32]),
        }
    }

    /// Three rounds of entries with a signed head after each: 10, 20 and 30.
    async fn thirty() -> Self {
        let log = Self::new().await;
        for _ in 0..3 {
            log.record(10).await;
            log.chain().await;
        }
        let report = log.verify().await;
        assert!(report.is_clean(), "{:?}", report.findings);
        assert_eq!((report.entries, report.heads, report.unsigned), (30, 3, 0));
        log.tamper("create table public.genuine as select * from chassis.audit_entry")
            .await;
        log
    }

    /// Undoes what was done to the thirty entries.
    async fn restore(&self) {
        self.tamper(
            "delete from chassis.audit_entry;
             insert into chassis.audit_entry select * from public.genuine",
        )
        .await;
        assert!(self.verify().await.is_clean());
    }

    async fn record(&self, count: usize) {
        for number in 0..count {
            let mut tx = self.db.pool.begin().await.unwrap();
            let entry = Entry {
                at: SystemClock.now(),
                actor: format!("account-{number}"),
                actor_name: (number % 2 == 0).then(|| "张三".to_owned()),
                on_behalf_of: None,
                action: "case.confirm".to_owned(),
                object: "case/DB4203230000001".to_owned(),
                purpose: Some("复核".to_owned()),
                outcome: [Outcome::Done, Outcome::Refused, Outcome::Failed][number % 3],
                detail: json!({"round": number, "nested": {"b": 1.5, "a": [null, true]}}),
            };
            audit::record(&mut tx, &entry).await.unwrap();
            tx.commit().await.unwrap();
        }
    }

    fn chainer(&self) -> Chainer {
        Chainer {
            pool: self.db.pool.clone(),
            service: SERVICE,
            key: self.key.clone(),
            heads_dir: self.dir.path().to_owned(),
            sign_every: Duration::from_secs(3600),
        }
    }

    /// Links and signs everything, as a process does when it stops.
    async fn chain(&self) {
        let mut tasks = Tasks::default();
        tasks.spawn(self.chainer().run(tasks.token()));
        eventually("linked entries", async || {
            (self.verify().await.unchained == 0).then_some(())
        })
        .await;
        tasks.stop().await;
    }

    async fn verify(&self) -> Report {
        self.verify_with(self.key.verifying_key()).await
    }

    async fn verify_with(&self, key: VerifyingKey) -> Report {
        audit::verify(&self.db.pool, SERVICE, self.dir.path(), &[key])
            .await
            .unwrap()
    }

    /// What a superuser can do: triggers and constraints are no obstacle.
    async fn tamper(&self, sql: &str) {
        let sql = format!(
            "set session_replication_role = replica;
             alter table chassis.audit_entry drop constraint if exists audit_entry_position_key;
             {sql};
             set session_replication_role = origin"
        );
        let mut conn = self.db.pool.acquire().await.unwrap();
        conn.execute(AssertSqlSafe(sql)).await.unwrap();
    }

    async fn findings_after(&self, sql: &str) -> Vec<Finding> {
        self.tamper(sql).await;
        self.verify().await.findings
    }

    fn heads(&self) -> PathBuf {
        audit::file_of(self.dir.path(), SERVICE)
    }

    fn edit_heads(&self, edit: impl FnOnce(Vec<String>) -> Vec<String>) {
        let text = fs::read_to_string(self.heads()).unwrap();
        let lines = edit(text.lines().map(str::to_owned).collect());
        let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
        fs::write(self.heads(), text).unwrap();
    }
}

#[tokio::test]
async fn a_changed_entry_is_named() {
    let log = Log::thirty().await;
    for (column, value) in [
        ("actor", "'somebody'"),
        ("actor_name", "'李四'"),
        ("actor_name", "null"),
        ("purpose", "''"),
        ("at", "at + interval '1 microsecond'"),
        ("outcome", "'done'"),
        ("detail", "'{\"round\":3}'"),
        // The same JSON, written otherwise.
        ("detail", "(detail::text || ' ')::json"),
        ("traceparent", "'00-x'"),
        ("hash", "sha256('x')"),
        ("previous", "sha256('x')"),
        ("id", "id + 1000"),
    ] {
        let sql = format!("update chassis.audit_entry set {column} = {value} where position = 13");
        let found = log.findings_after(&sql).await;
        assert_eq!(
            found,
            [Finding::Changed { position: 13 }],
            "{column} = {value}"
        );
        log.restore().await;
    }
}

#[tokio::test]
async fn several_changes_are_all_named() {
    let log = Log::thirty().await;
    let sql = "update chassis.audit_entry set object = 'case/x' where position in (1, 2, 17, 30)";
    let places: Vec<_> = log.findings_after(sql).await;
    let expected = [1, 2, 17, 30].map(|position| Finding::Changed { position });
    assert_eq!(places, expected);
}

#[tokio::test]
async fn removed_entries_are_named() {
    let log = Log::thirty().await;
    for (first, last) in [(1, 1), (1, 4), (13, 13), (10, 10), (8, 22)] {
        let sql =
            format!("delete from chassis.audit_entry where position between {first} and {last}");
        let found = log.findings_after(&sql).await;
        assert_eq!(found, [Finding::Removed { first, last }]);
        log.restore().await;
    }
}

#[tokio::test]
async fn a_removed_entry_is_named_even_when_the_rest_is_renumbered() {
    let log = Log::thirty().await;
    let found = log
        .findings_after(
            "delete from chassis.audit_entry where position = 13;
             update chassis.audit_entry set position = position - 1 where position > 13",
        )
        .await;
    assert_eq!(found[0], Finding::Unlinked { position: 13 });
    assert_eq!(
        found.last(),
        Some(&Finding::Truncated {
            last: 29,
            signed: 30
        })
    );
}

/// Puts a copy of entry 5 at 13 and moves the rest.
const INSERT: &str = "
    update chassis.audit_entry set position = position + 1 where position >= 13;
    insert into chassis.audit_entry
        (at, actor, action, object, outcome, detail, position, previous, hash)
    select at, 'forged', action, object, outcome, detail, 13, previous, hash
    from chassis.audit_entry where position = 5";

#[tokio::test]
async fn an_inserted_entry_is_named() {
    let log = Log::thirty().await;
    let found = log.findings_after(INSERT).await;
    assert_eq!(found, [Finding::Inserted { position: 13 }]);

    log.restore().await;
    let doubled = "
        insert into chassis.audit_entry
            (at, actor, action, object, outcome, detail, position, previous, hash)
        select at, 'forged', action, object, outcome, detail, position, previous, hash
        from chassis.audit_entry where position = 13";
    let found = log.findings_after(doubled).await;
    assert_eq!(found, [Finding::Inserted { position: 13 }]);
}

#[tokio::test]
async fn swapped_entries_are_found() {
    let log = Log::thirty().await;
    let found = log
        .findings_after(
            "update chassis.audit_entry set position = 27 - position where position in (13, 14)",
        )
        .await;
    assert_eq!(found[0], Finding::Unlinked { position: 13 });
}

#[tokio::test]
async fn the_application_cannot_touch_what_it_recorded() {
    let log = Log::thirty().await;
    log.record(1).await;
    for sql in [
        "update chassis.audit_entry set actor = 'x' where position = 3",
        "update chassis.audit_entry set position = 99, previous = hash where position = 3",
        "update chassis.audit_entry set actor = 'x', position = 31, previous = '', hash = ''
         where position is null",
        "delete from chassis.audit_entry where position = 3",
        "truncate chassis.audit_entry",
    ] {
        let error = sqlx::query(sql).execute(&log.db.pool).await.unwrap_err();
        assert!(error.to_string().contains("append-only"), "{sql}: {error}");
    }
}

#[tokio::test]
async fn entries_are_linked_while_others_are_written_and_signed_in_time() {
    let log = Log::new().await;
    let mut tasks = Tasks::default();
    // Two of them: only one may lead.
    for _ in 0..2 {
        let mut chainer = log.chainer();
        chainer.sign_every = Duration::from_millis(100);
        tasks.spawn(chainer.run(tasks.token()));
    }
    let mut late = log.db.pool.begin().await.unwrap();
    let entry = Entry {
        at: SystemClock.now(),
        actor: "system:test".into(),
        actor_name: None,
        on_behalf_of: None,
        action: "late".into(),
        object: "x".into(),
        purpose: None,
        outcome: Outcome::Done,
        detail: json!(null),
    };
    audit::record(&mut late, &entry).await.unwrap();
    log.record(25).await;
    eventually("a signed head", async || {
        let report = log.verify().await;
        (report.entries == 25 && report.unsigned == 0).then_some(())
    })
    .await;
    late.commit().await.unwrap();
    let report = eventually("the late entry", async || {
        let report = log.verify().await;
        (report.entries == 26 && report.unsigned == 0).then_some(report)
    })
    .await;
    assert!(report.is_clean(), "{:?}", report.findings);
    assert!(report.last_signed_at.is_some());
    tasks.stop().await;
}

#[tokio::test]
async fn many_entries_are_verified_page_by_page() {
    let log = Log::new().await;
    sqlx::query(
        "insert into chassis.audit_entry (at, actor, action, object, outcome, detail)
         select now(), 'account-' || n, 'case.read', 'case/' || n, 'done', '{}'
         from generate_series(1, 20000) n",
    )
    .execute(&log.db.pool)
    .await
    .unwrap();
    log.chain().await;
    let report = log.verify().await;
    assert!(report.is_clean());
    assert_eq!((report.entries, report.unsigned), (20_000, 0));
    let found = log
        .findings_after("update chassis.audit_entry set actor = 'x' where position = 15432")
        .await;
    assert_eq!(found, [Finding::Changed { position: 15_432 }]);
}
