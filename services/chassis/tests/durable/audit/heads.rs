//! What only the signed heads can show.

use std::fs;

use ed25519_dalek::SigningKey;
use yiwang_chassis::{
    audit::{self, Finding},
    testing::Scratch,
};

use super::{Log, SERVICE, eventually};

#[tokio::test]
async fn a_cut_end_is_named() {
    let log = Log::thirty().await;
    let found = log
        .findings_after("delete from chassis.audit_entry where position > 25")
        .await;
    assert_eq!(
        found,
        [Finding::Truncated {
            last: 25,
            signed: 30
        }]
    );

    log.restore().await;
    let found = log.findings_after("truncate chassis.audit_entry").await;
    assert_eq!(
        found,
        [Finding::Truncated {
            last: 0,
            signed: 30
        }]
    );
}

#[tokio::test]
async fn a_chain_that_went_on_after_its_end_was_cut_still_shows_it() {
    let log = Log::thirty().await;
    log.tamper("delete from chassis.audit_entry where position > 15")
        .await;
    log.record(3).await;
    log.chain().await;
    let found = log.verify().await.findings;
    assert_eq!(
        found,
        [Finding::Truncated {
            last: 18,
            signed: 30
        }]
    );

    log.record(40).await;
    log.chain().await;
    let report = log.verify().await;
    assert_eq!(
        report.findings[0],
        Finding::Rewritten {
            first: 11,
            last: 20
        }
    );
    assert_eq!(report.unsigned, 0);
}

#[tokio::test]
async fn a_chain_that_was_computed_anew_is_found_by_the_heads() {
    let log = Log::thirty().await;
    // The forger runs our own chainer over changed rows, without the key.
    log.tamper(
        "update chassis.audit_entry set actor = 'nobody' where position = 13;
         update chassis.audit_entry set position = null, previous = null, hash = null
         where position >= 13",
    )
    .await;
    let forger = Log {
        db: log.db,
        dir: Scratch::new(),
        key: SigningKey::from_bytes(&[8; 32]),
    };
    forger.chain().await;
    let log = Log {
        db: forger.db,
        ..log
    };
    let report = log.verify().await;
    assert_eq!(report.entries, 30);
    assert_eq!(
        report.findings,
        [Finding::Rewritten {
            first: 11,
            last: 20
        }]
    );
}

#[tokio::test]
async fn an_edited_heads_file_is_found() {
    let log = Log::thirty().await;
    log.edit_heads(|mut lines| {
        lines[1] = lines[1].replace("\"position\":20", "\"position\":19");
        lines
    });
    let found = log.verify().await.findings;
    assert_eq!(
        found[0].to_string(),
        "line 2 of the heads file: its signature is not valid"
    );

    let log = Log::thirty().await;
    log.edit_heads(|mut lines| {
        lines.remove(1);
        lines
    });
    let found = log.verify().await.findings;
    let removed = "line 2 of the heads file: the line before it was changed or removed";
    assert_eq!(found[0].to_string(), removed);

    let log = Log::thirty().await;
    log.edit_heads(|mut lines| {
        lines.insert(1, "not a head".to_owned());
        lines
    });
    let found = log.verify().await.findings;
    assert_eq!(
        found[0].to_string(),
        "line 2 of the heads file: it is not a head"
    );

    let log = Log::thirty().await;
    fs::remove_file(log.heads()).unwrap();
    assert_eq!(log.verify().await.findings, [Finding::HeadsMissing]);
}

#[tokio::test]
async fn a_first_head_that_is_signed_meanwhile_is_not_missed() {
    let log = Log::thirty().await;
    let later = log.heads().with_extension("later");
    fs::rename(log.heads(), &later).unwrap();
    let mut lock = log.db.pool.begin().await.unwrap();
    sqlx::query("lock table chassis.audit_entry in access exclusive mode")
        .execute(&mut *lock)
        .await
        .unwrap();
    // Verification has looked for the heads when it waits for the rows.
    let sign = async {
        eventually("somebody asks for rows", async || {
            let asked: bool = sqlx::query_scalar(
                "select exists (select from pg_locks l join pg_database d on d.oid = l.database
                                 where d.datname = current_database() and not l.granted
                                   and l.relation = 'chassis.audit_entry'::regclass)",
            )
            .fetch_one(&log.db.pool)
            .await
            .unwrap();
            asked.then_some(())
        })
        .await;
        fs::rename(&later, log.heads()).unwrap();
        lock.commit().await.unwrap();
    };
    let (report, ()) = tokio::join!(log.verify(), sign);
    assert!(report.is_clean(), "{:?}", report.findings);
    assert_eq!((report.entries, report.heads), (30, 3));
}

#[tokio::test]
async fn heads_signed_with_another_key_do_not_count() {
    let log = Log::thirty().await;
    let other = SigningKey::from_bytes(&[9; 32]).verifying_key();
    let report = log.verify_with(other).await;
    assert_eq!(report.findings.len(), 3);
    assert_eq!(report.unsigned, 30);
    let keys = [other, log.key.verifying_key()];
    let both = audit::verify(&log.db.pool, SERVICE, log.dir.path(), &keys).await;
    assert!(both.unwrap().is_clean());
}

#[tokio::test]
async fn a_head_that_a_crash_cut_is_repaired() {
    let log = Log::thirty().await;
    let whole = fs::read_to_string(log.heads()).unwrap();
    fs::write(log.heads(), format!("{whole}{{\"service\":\"assis")).unwrap();
    log.record(5).await;
    log.chain().await;
    let report = log.verify().await;
    assert!(report.is_clean(), "{:?}", report.findings);
    assert_eq!((report.heads, report.unsigned), (4, 0));
}
