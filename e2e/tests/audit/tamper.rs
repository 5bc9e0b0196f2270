//! Every way of tampering with the log is found, with its place.

use yiwang_e2e::{Family, Suite, scan};

use crate::{
    journey,
    log::{Ledger, verify},
};

/// A way to tamper: what it is, the statements, what the verifier must say.
type Way = (String, String, Vec<String>);

#[tokio::test]
async fn every_tampering_is_found_with_its_place() -> anyhow::Result<()> {
    let mut suite = Suite::start().await?;
    journey::to_the_notice(&suite, &Family::new(1)).await?;
    let running = verify(&suite, &[])?;
    assert!(running.good, "{}", running.said);
    suite.stop()?;

    let mut log = Ledger::open(&suite).await?;
    let last = log.entries().await?;
    assert!(last > 12, "only {last} entries: the journey is not audited");
    log.must_be_good(&suite)?;
    triggers_refuse(&mut log).await?;
    for (what, sql, places) in ways(last) {
        log.tamper(&sql).await?;
        log.must_find(&suite, &what, &places)?;
        log.restore().await?;
    }
    heads(&suite, &mut log).await?;
    log.must_be_good(&suite)?;
    written_anew(suite, log, last).await
}

/// An ordinary connection, even the owner's, changes nothing.
async fn triggers_refuse(log: &mut Ledger) -> anyhow::Result<()> {
    for sql in [
        "update chassis.audit_entry set actor = 'nobody' where position = 2",
        "delete from chassis.audit_entry where position = 2",
        "truncate chassis.audit_entry",
    ] {
        let refused = sqlx::raw_sql(sql).execute(&mut log.db).await;
        let error = refused
            .err()
            .map(|error| error.to_string())
            .unwrap_or_default();
        assert!(error.contains("append-only"), "{sql}: {error}");
    }
    Ok(())
}

fn ways(last: i64) -> Vec<Way> {
    let place = last / 2;
    let one = |what: String, sql: String, said: String| (what, sql, vec![said]);
    let mut ways = Vec::new();
    for (column, value) in [
        ("at", "at + interval '1 microsecond'"),
        ("actor", "'0190b5a8-0000-7000-8000-000000000000'"),
        ("actor_name", "'somebody else'"),
        ("on_behalf_of", "'somebody else'"),
        ("action", "'case.forget'"),
        ("object", "'case/DB0'"),
        ("purpose", "'none'"),
        ("outcome", "'failed'"),
        ("detail", "'{\"x\":1}'"),
        ("traceparent", "'00-1-1-00'"),
        ("hash", "decode(repeat('ab', 32), 'hex')"),
    ] {
        ways.push(one(
            format!("{column} changed"),
            format!("update chassis.audit_entry set {column} = {value} where position = {place}"),
            format!("entry {place} was changed"),
        ));
    }
    ways.push(one(
        "an entry in the middle deleted".into(),
        format!("delete from chassis.audit_entry where position = {place}"),
        format!("entries {place} to {place} were removed"),
    ));
    ways.push(one(
        "the first entry deleted".into(),
        "delete from chassis.audit_entry where position = 1".into(),
        "entries 1 to 1 were removed".into(),
    ));
    ways.push(one(
        "three in the middle deleted".into(),
        format!(
            "delete from chassis.audit_entry where position between {place} and {}",
            place + 2
        ),
        format!("entries {place} to {} were removed", place + 2),
    ));
    ways.extend(cut_and_moved(last, place));
    ways
}

fn cut_and_moved(last: i64, place: i64) -> Vec<Way> {
    let shift = |from: i64, by: i64| {
        // Positions are unique at every moment: out of the way first.
        format!(
            "update chassis.audit_entry set position = position + 1000000 where position >= {from};
             update chassis.audit_entry set position = position - 1000000 + ({by}) where position > 1000000"
        )
    };
    let insert = |position: i64, previous: i64| {
        format!(
            "insert into chassis.audit_entry
                 (at, actor, action, object, outcome, detail, position, previous, hash)
             select at, actor, 'case.read', object, 'done', '{{}}', {position}, hash,
                    decode(repeat('cd', 32), 'hex')
             from chassis.audit_entry where position = {previous}"
        )
    };
    vec![
        (
            "the last three cut off".into(),
            format!(
                "delete from chassis.audit_entry where position > {}",
                last - 3
            ),
            vec![format!(
                "the log ends at entry {}, but entry {last} was signed",
                last - 3
            )],
        ),
        (
            "everything deleted".into(),
            "truncate chassis.audit_entry".into(),
            vec![format!(
                "the log ends at entry 0, but entry {last} was signed"
            )],
        ),
        (
            "an entry put at the end".into(),
            insert(last + 1, last),
            vec![format!("entry {} was", last + 1)],
        ),
        (
            "an entry put in the middle".into(),
            format!("{}; {}", shift(place + 1, 1), insert(place + 1, place)),
            vec![format!("entry {} was inserted", place + 1)],
        ),
        (
            "one deleted and the rest renumbered".into(),
            format!(
                "delete from chassis.audit_entry where position = {place}; {}",
                shift(place + 1, -1)
            ),
            vec![format!("just before entry {place}")],
        ),
        (
            "two entries exchanged".into(),
            format!(
                "update chassis.audit_entry set position = -position where position = {place};
                 update chassis.audit_entry set position = {place} where position = {next};
                 update chassis.audit_entry set position = {next} where position = -{place}",
                next = place + 1
            ),
            vec![format!("entry {place}")],
        ),
    ]
}

/// The signed heads are outside the database; damage to them is named by line.
async fn heads(suite: &Suite, log: &mut Ledger) -> anyhow::Result<()> {
    let lines = log.head_lines()?;
    assert!(lines.len() >= 2, "only {} heads were signed", lines.len());
    for (index, line) in lines.iter().enumerate() {
        let number = index + 1;
        let position = serde_json::from_str::<serde_json::Value>(line)?["position"].to_string();
        let other = line.replacen(
            &format!("\"position\":{position}"),
            &format!("\"position\":{position}0"),
            1,
        );
        assert_ne!(&other, line, "no position in {line}");
        for (what, new) in [("edited", other), ("made unreadable", line[1..].to_owned())] {
            let mut damaged = lines.clone();
            damaged[index] = new;
            log.set_head_lines(&damaged)?;
            let place = vec![format!("line {number} of the heads file")];
            log.must_find(suite, &format!("head {number} {what}"), &place)?;
        }
    }
    log.set_head_lines(&lines[1..])?;
    let place = vec!["line 1 of the heads file: the line before it was changed".to_owned()];
    log.must_find(suite, "the first head deleted", &place)?;
    log.set_head_lines(&[])?;
    let place = vec!["no signed head".to_owned()];
    log.must_find(suite, "all heads deleted", &place)?;
    log.restore().await
}

/// The worst case: an entry is removed and the product itself links the rest anew.
async fn written_anew(mut suite: Suite, mut log: Ledger, last: i64) -> anyhow::Result<()> {
    let place = last / 2;
    log.tamper(&format!(
        "delete from chassis.audit_entry where position = {place};
         update chassis.audit_entry set position = null, previous = null, hash = null
          where position > {place}"
    ))
    .await?;
    drop(log);
    suite.launch().await?;
    // The log grows beyond the head that was signed before.
    let (citizen, family) = (Family::new(2).register(&suite).await?.0, Family::new(2));
    family.submit(&citizen).await?;
    yiwang_e2e::until("the log is linked again", async || {
        let verdict = verify(&suite, &[])?;
        Ok((!verdict.said.contains("not chained yet")).then_some(()))
    })
    .await?;
    let metrics = scan::metrics(suite.data(), "assistance").await?;
    let alarm = "yiwang_audit_broken{service=\"assistance\"} 1";
    assert!(metrics.contains(alarm), "no alarm in\n{metrics}");
    suite.stop()?;
    let log = Ledger::reopen(&suite).await?;
    let place = vec![format!(
        "to {last} were written anew after they were signed"
    )];
    log.must_find(&suite, "a chain made anew", &place)
}
