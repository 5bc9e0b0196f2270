//! One furnace hour and one farewell hall, 200 clients: exactly one wins each, the others are
//! told the next free ones, and everybody who takes an offer ends with a time of their own.

use std::{collections::BTreeSet, sync::Arc};

use tokio::{sync::Barrier, task::JoinSet};
use uuid::Uuid;
use yiwang_burial::chain::{
    demo,
    reservations::{Wanted, book},
    slots,
};
use yiwang_casework::{ApplyError, Refusal};
use yiwang_chassis::clock::Clock as _;

use crate::world::World;

const CLIENTS: usize = 200;

/// 怀远厅 and 一号平板炉 of 通山县殡仪馆.
const HALL: Uuid = Uuid::from_u128(1 << 64 | 10);
const FURNACE: Uuid = Uuid::from_u128(1 << 64 | 11);

async fn take(
    world: &World,
    resource: Uuid,
    at: &str,
    minutes: i64,
    case: &str,
) -> Result<(), Refusal> {
    let from = slots::instant(at.parse().unwrap()).unwrap();
    let mut tx = world.pool.begin().await.unwrap();
    let wanted = Wanted {
        resource,
        from,
        to: from + jiff::SignedDuration::from_mins(minutes),
        case_number: case,
        now: world.clock.now(),
    };
    match book(&mut tx, wanted).await {
        Ok(_) => {
            tx.commit().await.unwrap();
            Ok(())
        }
        Err(ApplyError::Refused(refusal)) => Err(refusal),
        Err(ApplyError::Database(error)) => panic!("{error}"),
    }
}

async fn rush(world: &Arc<World>, resource: Uuid, at: &'static str, minutes: i64) -> Vec<Refusal> {
    let start = Arc::new(Barrier::new(CLIENTS));
    let mut clients = JoinSet::new();
    for client in 0..CLIENTS {
        let (world, start) = (world.clone(), start.clone());
        clients.spawn(async move {
            start.wait().await;
            take(&world, resource, at, minutes, &format!("ZS{client}")).await
        });
    }
    let answers = clients.join_all().await;
    let lost: Vec<Refusal> = answers.into_iter().filter_map(Result::err).collect();
    assert_eq!(lost.len(), CLIENTS - 1, "exactly one wins");
    lost
}

#[tokio::test(flavor = "multi_thread")]
async fn one_furnace_hour_and_one_hall_for_two_hundred() {
    let world = Arc::new(World::new(40).await);
    demo::seed(&world.pool).await.unwrap();
    for (resource, at, minutes) in [
        (FURNACE, "2026-05-13T09:00", 60),
        (HALL, "2026-05-13T09:00", 90),
    ] {
        for refusal in rush(&world, resource, at, minutes).await {
            assert_eq!(refusal.code, "TAKEN");
            assert!(!refusal.fields.is_empty());
            for field in &refusal.fields {
                assert_eq!((&*field.field, &*field.reason), ("/starts_at", "FREE"));
                let (starts_at, _) = field.message.split_once(' ').unwrap();
                assert!(starts_at >= at, "{}", field.message);
            }
        }
    }
    // Nothing overlaps, whatever was pressed.
    let doubled: i64 = sqlx::query_scalar(
        "select count(*) from burial.reservation a join burial.reservation b
            on a.resource = b.resource and a.id < b.id and a.during && b.during
         where a.state <> 'cancelled' and b.state <> 'cancelled'",
    )
    .fetch_one(&world.pool)
    .await
    .unwrap();
    assert_eq!(doubled, 0);
}

/// Losers who take what they are offered all get a time, until the day is full.
#[tokio::test(flavor = "multi_thread")]
async fn who_takes_the_offer_gets_a_time() {
    let world = Arc::new(World::new(20).await);
    demo::seed(&world.pool).await.unwrap();
    let mut clients = JoinSet::new();
    for client in 0..8 {
        let world = world.clone();
        clients.spawn(async move {
            let mut at = "2026-05-13T09:00".to_owned();
            for _ in 0..40 {
                match take(&world, FURNACE, &at, 60, &format!("ZS{client}")).await {
                    Ok(()) => return at,
                    Err(refusal) => {
                        // Another furnace is offered at the same hour: this one wants the next hour.
                        let offered = refusal.fields.iter().filter_map(|field| {
                            let (starts_at, _) = field.message.split_once(' ')?;
                            Some(starts_at.to_owned())
                        });
                        let later = offered.filter(|starts_at| *starts_at > at).min();
                        at = later.unwrap_or_else(|| next_hour(&at));
                    }
                }
            }
            panic!("client {client} got nothing")
        });
    }
    let times: Vec<String> = clients.join_all().await;
    let apart: BTreeSet<&String> = times.iter().collect();
    assert_eq!(apart.len(), 8, "{times:?}");
}

fn next_hour(at: &str) -> String {
    let hour: u32 = at[11..13].parse().unwrap();
    format!("{}{:02}{}", &at[..11], hour + 1, &at[13..])
}
