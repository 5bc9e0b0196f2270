//! What is stuck is seen and asked for once more without an officer.

use super::*;
use crate::one_thing::repair::StuckSteps;

#[tokio::test]
async fn what_is_stuck_is_asked_for_once_more() {
    let world = World::new().await;
    let definition = definitions::ALL[0];
    let step = definition
        .steps
        .iter()
        .find(|step| step.act.reads_the_form())
        .unwrap();
    let office = Arc::new(Office::good().refusing_once(step.code));
    let engine = world.engine(office.clone(), None);
    let form = form_for(definition, step);
    let run = world.start_with(definition, &form).await;
    world.finish(&engine, &run, None, None).await;
    let pool = &world.db.pool;
    let steps = StuckSteps {
        pool: pool.clone(),
        vault: world.vault.clone(),
    };
    let stuck = steps.list().await.unwrap();
    let seen: Vec<_> = stuck.iter().map(|one| one.step.as_str()).collect();
    assert_eq!(seen, [step.code]);

    let now = world.clock.now();
    let retry = async || steps.retry(&stuck[0], now).await.unwrap();
    assert!(retry().await);
    assert!(!retry().await, "the same word twice is one");
    world.finish(&engine, &run, None, None).await;
    assert_eq!(world.parent(&run).await, Parent::Done);
    assert!(steps.list().await.unwrap().is_empty());
    let audited = "select count(*) from chassis.audit_entry where action = 'one_thing.retry'";
    let audited: i64 = sqlx::query_scalar(audited).fetch_one(pool).await.unwrap();
    assert_eq!(audited, 1);
}
