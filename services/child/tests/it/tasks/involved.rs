//! Who else is involved: over any history, started and ended take turns, and somebody is known
//! exactly as long as a case is open.

use proptest::{prelude::*, strategy::ValueTree as _};
use yiwang_child::tasks;

use crate::world::World;

async fn events(world: &World) -> Vec<String> {
    world
        .texts(
            "select aggregate_id || ' ' || split_part(subject, '.', 4) from chassis.outbox
              where aggregate = 'involvement' order by aggregate_id, version",
        )
        .await
}

/// A history of cases that open (+) and end (-), by person.
fn history() -> impl Strategy<Value = Vec<(u8, bool)>> {
    prop::collection::vec((0..3_u8, any::<bool>()), 0..40)
}

#[tokio::test]
async fn started_and_ended_take_turns() {
    let world = World::new().await;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    for round in 0..12 {
        let story = history().new_tree(&mut runner).unwrap().current();
        let mut open = [0_i32; 3];
        let mut expected: [Vec<String>; 3] = Default::default();
        for (who, starts) in story {
            let at = usize::from(who);
            // A case ends once, and only when it was open.
            if !starts && open[at] == 0 {
                continue;
            }
            let key = format!("p{round}x{who}");
            let mut tx = world.db.pool.begin().await.unwrap();
            tasks::involve(&world.rt, &mut tx, &key, "420323", starts)
                .await
                .unwrap();
            tx.commit().await.unwrap();
            open[at] += if starts { 1 } else { -1 };
            match (starts, open[at]) {
                (true, 1) => expected[at].push(format!("{key} started")),
                (false, 0) => expected[at].push(format!("{key} ended")),
                _ => {}
            }
        }
        let mine = format!("p{round}x");
        let told: Vec<_> = events(&world).await;
        let told: Vec<_> = told
            .into_iter()
            .filter(|it| it.starts_with(&mine))
            .collect();
        assert_eq!(told, expected.concat());
    }
    // One end too many changes nothing.
    let before = events(&world).await;
    let mut tx = world.db.pool.begin().await.unwrap();
    tasks::involve(&world.rt, &mut tx, "nobody", "420323", false)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(events(&world).await, before);
}
