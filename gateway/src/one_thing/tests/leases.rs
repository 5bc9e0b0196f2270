//! Leases, starts, signals, and one-things that cannot be handled.

#![expect(
    clippy::disallowed_methods,
    reason = "a test may start tasks of its own"
)]

use tokio_util::sync::CancellationToken;

use super::*;
use crate::one_thing::{acts::sole, course::Outcome, definitions::AFTER_DEATH, runner::Trouble};

async fn count(world: &World, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql)
        .fetch_one(world.pool())
        .await
        .unwrap()
}

#[tokio::test]
async fn starting_twice_is_starting_once_and_one_relative_does_it() {
    let world = World::new().await;
    let run = world.start(&AFTER_DEATH).await;
    let answers = json!({});
    let again = |account| store::New {
        definition: &AFTER_DEATH,
        account,
        subject: &run.subject,
        division: "421221100",
        answers: &answers,
    };
    let now = world.clock.now();
    let mut conn = world.pool().acquire().await.unwrap();
    let same = store::start(&mut conn, &world.vault, &again(world.account), now, now).await;
    assert_eq!(same.unwrap().id, run.id);
    // Whoever else asks is told nothing; of relatives the first one does it.
    let other = world.another_account("son").await;
    let second = store::start(&mut conn, &world.vault, &again(other), now, now).await;
    let second = second.unwrap().id;
    assert_ne!(second, run.id);
    let header = |id, account| store::Header {
        id,
        number: String::new(),
        account,
        subject: run.subject.clone(),
        division: String::new(),
        started_at: now,
    };
    let claim = async |id, account| {
        let header = header(id, account);
        matches!(
            sole::claim(world.pool(), "after-death", &header).await,
            Outcome::Done(_)
        )
    };
    assert!(claim(run.id, world.account).await && claim(run.id, world.account).await);
    assert!(!claim(second, other).await, "somebody at home does it");
    sqlx::query(
        "update gateway.one_thing set ending = 'withdrawn', state = 'withdrawn',
                finished_at = started_at where id = $1",
    )
    .bind(run.id)
    .execute(world.pool())
    .await
    .unwrap();
    assert!(
        claim(second, other).await,
        "what was taken back holds nobody"
    );
}

#[tokio::test]
async fn many_gateways_at_once_do_each_step_once() {
    let world = World::new().await;
    let office = Arc::new(Office::twice());
    let mut runs = vec![];
    for _ in 0..20 {
        let run = world.start(&AFTER_DEATH).await;
        for fact in [
            Fact::Died,
            Fact::Cremated,
            Fact::Billed,
            Fact::LaidEcologically,
            Fact::OffBenefits,
            Fact::Widowed,
        ] {
            world.tell(&run.subject, fact).await;
        }
        runs.push(run);
    }
    let token = CancellationToken::new();
    let gateways: Vec<_> = (0..3)
        .map(|_| {
            let engine = Arc::new(world.engine(office.clone(), None));
            tokio::spawn(engine.run(token.clone()))
        })
        .collect();
    for _ in 0..600 {
        let open = "select count(*) from gateway.one_thing where finished_at is null";
        if count(&world, open).await == 0 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        world.clock.advance(SignedDuration::from_secs(2));
    }
    token.cancel();
    for gateway in gateways {
        gateway.await.unwrap().unwrap();
    }
    for run in &runs {
        // All facts were there at once, so what depends on a running allowance is not needed.
        assert_eq!(world.parent(run).await, Parent::Done);
        world.check(run, &office).await;
    }
    let held = "select count(*) from gateway.one_thing where lease_until is not null";
    assert_eq!(count(&world, held).await, 0, "everything was given back");
}

#[tokio::test]
async fn a_bad_one_does_not_stop_the_others_and_an_unknown_version_is_left_alone() {
    let world = World::new().await;
    let (bad, newer, good) = (
        world.start(&AFTER_DEATH).await,
        world.start(&AFTER_DEATH).await,
        world.start(&AFTER_DEATH).await,
    );
    sqlx::query("update gateway.one_thing set form_sealed = 'damaged' where id = $1")
        .bind(bad.id)
        .execute(world.pool())
        .await
        .unwrap();
    sqlx::query("update gateway.one_thing set version = 999 where id = $1")
        .bind(newer.id)
        .execute(world.pool())
        .await
        .unwrap();
    let office = Arc::new(Office::good());
    let engine = Arc::new(world.engine(office.clone(), None));
    let token = CancellationToken::new();
    let running = tokio::spawn(engine.clone().run(token.clone()));
    for _ in 0..200 {
        if world.parent(&good).await == Parent::Running {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    token.cancel();
    running.await.unwrap().unwrap();
    assert_eq!(world.parent(&good).await, Parent::Running);
    assert_eq!(world.parent(&bad).await, Parent::Submitted);
    assert_eq!(world.parent(&newer).await, Parent::Submitted);
    let mut conn = world.pool().acquire().await.unwrap();
    let unknown = store::unknown_versions(&mut conn, definitions::ALL)
        .await
        .unwrap();
    assert_eq!(unknown, [("after-death".to_owned(), 999, 1)]);
}

#[tokio::test]
async fn the_same_word_twice_is_said_once_and_an_early_one_waits() {
    let world = World::new().await;
    let office = Arc::new(Office::good());
    let engine = world.engine(office.clone(), None);
    let run = world.start(&AFTER_DEATH).await;
    // Up to the death, which nobody has told of.
    world.finish(&engine, &run, Some("death"), None).await;
    let now = world.clock.now();
    let said = Said {
        one_thing: run.id,
        key: "k",
        kind: "hurry",
        step: Some("household"),
        body: json!({}),
        account: None,
    };
    let mut conn = world.pool().acquire().await.unwrap();
    assert!(
        store::say(&mut conn, &world.vault, &said, now, now)
            .await
            .unwrap()
    );
    assert!(
        !store::say(&mut conn, &world.vault, &said, now, now)
            .await
            .unwrap()
    );
    engine.work_off().await.unwrap();
    let open = "select count(*) from gateway.one_thing_signal where handled_at is null";
    assert_eq!(count(&world, open).await, 1, "the step has not begun");
    world.tell(&run.subject, Fact::Died).await;
    engine.work_off().await.unwrap();
    assert_eq!(count(&world, open).await, 0);
    assert_eq!(office.effects(run.id, "household", Phase::Do), 1);
}

#[tokio::test]
async fn many_departments_that_call_at_once_do_not_wait_for_each_other() {
    let world = Arc::new(World::new().await);
    let office = Arc::new(Office::good());
    let engine = Arc::new(world.engine(office.clone(), None));
    let run = Arc::new(world.start(&AFTER_DEATH).await);
    world.tell(&run.subject, Fact::Died).await;
    let calls = (0..24).map(|_| {
        let (world, run, engine) = (world.clone(), run.clone(), engine.clone());
        tokio::spawn(async move {
            world.say(&run, "hurry", Some("household")).await;
            engine.work_off().await
        })
    });
    for call in calls.collect::<Vec<_>>() {
        assert!(call.await.unwrap().is_ok());
    }
    world.finish(&engine, &run, None, None).await;
    world.check(&run, &office).await;
    assert_eq!(world.parent(&run).await, Parent::Done);
}

#[tokio::test]
async fn the_database_keeps_what_must_not_change() {
    let world = World::new().await;
    let office = Arc::new(Office::good());
    let engine = world.engine(office.clone(), None);
    let run = world.start(&AFTER_DEATH).await;
    world.finish(&engine, &run, None, None).await;
    for sql in [
        "update gateway.one_thing_step set state = 'due', due_at = now() where step = 'household'",
        "delete from gateway.one_thing_event",
        "update gateway.one_thing_event set text = ''",
        "update gateway.one_thing_step set state = 'stuck', reason_text = null where step = 'funeral'",
        "update gateway.one_thing set state = 'running'",
    ] {
        let refused = sqlx::query(sql).execute(world.pool()).await;
        assert!(refused.is_err(), "{sql}");
    }
    let messages: i64 =
        sqlx::query_scalar("select count(*) from gateway.message where account = $1")
            .bind(world.account)
            .fetch_one(world.pool())
            .await
            .unwrap();
    assert!(messages > 10, "the inbox hears of each change");
    let audited = "select count(*) from chassis.audit_entry where action like 'one_thing.%'";
    assert!(count(&world, audited).await > messages);
}

#[tokio::test]
async fn a_stopping_process_gives_everything_back() {
    let world = World::new().await;
    let engine = world.engine(Arc::new(Office::good()), None);
    let run = world.start(&AFTER_DEATH).await;
    let token = CancellationToken::new();
    token.cancel();
    let engine = Arc::new(engine);
    engine.clone().run(token).await.unwrap();
    assert_eq!(world.parent(&run).await, Parent::Submitted);
    match engine.work_off().await {
        Ok(()) => {}
        Err(Trouble::Lost | Trouble::Dead) => panic!("nobody else is there"),
        Err(Trouble::Fault(fault)) => panic!("{fault:?}"),
    }
    assert_eq!(world.parent(&run).await, Parent::Running);
}
