//! Head count = ledger (rules C5.3): 300 random operations on PostgreSQL; at random instants of
//! the past the count is what the history of the operations says. And fifty at one bed.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use jiff::{SignedDuration, Timestamp};
use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};
use sqlx::{PgConnection, PgPool, postgres::PgPoolOptions};
use tokio::{sync::Barrier, task::JoinSet};
use uuid::Uuid;
use yiwang_casework::{ApplyError, Refusal};
use yiwang_chassis::{db::to_chrono, testing::database};
use yiwang_rescue::{
    schemas,
    stays::{
        demo::{self, XIANNING, place_id},
        places,
    },
};

/// Nth place, side, kind: the rooms, the hospital, a vehicle, the foster home.
const PLACES: [(u128, &str); 9] = [
    (1, "men"),
    (2, "men"),
    (3, "women"),
    (4, "minors"),
    (5, "any"),
    (6, "any"),
    (7, "any"),
    (8, "any"),
    (9, "any"),
];
const OPERATIONS: usize = 300;

async fn arrive(conn: &mut PgConnection, case: &str, sex: &str, minor: bool, at: Timestamp) {
    sqlx::query(
        "insert into rescue.stay (case_number, station, state, sex, minor, arrived_at, sealed)
         values ($1, $2, 'arrived', $3, $4, $5, ''::bytea)",
    )
    .bind(case)
    .bind(XIANNING)
    .bind(sex)
    .bind(minor)
    .bind(to_chrono(at))
    .execute(conn)
    .await
    .unwrap();
}

fn refused(error: ApplyError) -> Refusal {
    match error {
        ApplyError::Refused(refusal) => refusal,
        ApplyError::Database(error) => panic!("{error}"),
    }
}

/// What happened to somebody, as the test saw it.
struct Person {
    side: &'static str,
    /// Place, from, until.
    history: Vec<(u128, Timestamp, Option<Timestamp>)>,
    left: bool,
}

impl Person {
    fn place(&self) -> Option<u128> {
        let (place, _, until) = self.history.last()?;
        until.is_none().then_some(*place)
    }

    fn end(&mut self, at: Timestamp) {
        if let Some(last) = self.history.last_mut() {
            last.2 = Some(at);
        }
    }

    fn was_in(&self, at: Timestamp) -> Option<u128> {
        let covers = |(_, from, until): &&(u128, Timestamp, Option<Timestamp>)| {
            *from <= at && until.is_none_or(|until| at < until)
        };
        self.history.iter().find(covers).map(|(place, ..)| *place)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_head_count_is_the_ledger_at_every_instant() {
    let db = database(&schemas()).await;
    demo::seed(&db.pool).await.unwrap();
    // Small, so that rooms are full now and then.
    sqlx::query("update rescue.place set berths = 3 where station = $1")
        .bind(XIANNING)
        .execute(&db.pool)
        .await
        .unwrap();
    let mut random = StdRng::seed_from_u64(20_260_512);
    let start: Timestamp = "2026-05-12T01:00:00Z".parse().unwrap();
    let mut now = start;
    let mut people: BTreeMap<String, Person> = BTreeMap::new();
    let (mut done, mut full, mut wrong) = (0, 0, 0);
    for step in 0..OPERATIONS {
        now += SignedDuration::from_micros(random.random_range(1..3_600_000_000_i64));
        let mut tx = db.pool.begin().await.unwrap();
        let (nth, side) = PLACES[random.random_range(0..PLACES.len())];
        let taken = people
            .values()
            .filter(|one| one.place() == Some(nth))
            .count();
        let here: Vec<String> = people
            .iter()
            .filter(|(_, one)| one.place().is_some())
            .map(|(case, _)| case.clone())
            .collect();
        let what = random.random_range(0..10);
        let (case, outcome) = if here.is_empty() || what < 4 {
            let case = format!("JZ{step:04}");
            let (sex, minor, own) = [
                ("male", false, "men"),
                ("female", false, "women"),
                ("male", true, "minors"),
            ][random.random_range(0..3_usize)];
            arrive(&mut tx, &case, sex, minor, now).await;
            let outcome = places::admit(&mut tx, &case, place_id(1, nth), "刘春生", now).await;
            let person = Person {
                side: own,
                history: Vec::new(),
                left: false,
            };
            people.insert(case.clone(), person);
            (case, outcome)
        } else {
            let case = here[random.random_range(0..here.len())].clone();
            if what < 8 {
                let to = place_id(1, nth);
                let moved = places::move_to(&mut tx, &case, to, "刘春生", "换房间", now).await;
                (case, moved)
            } else {
                places::leave(&mut tx, &case, "own_word", now)
                    .await
                    .unwrap();
                let person = people.get_mut(&case).unwrap();
                person.end(now);
                person.left = true;
                tx.commit().await.unwrap();
                done += 1;
                continue;
            }
        };
        let person = people.get_mut(&case).unwrap();
        let fits = side == "any" || side == person.side;
        // A person who moves to the next berth of the same place gives the own one up first.
        let others = taken - usize::from(person.place() == Some(nth));
        match outcome.map_err(refused) {
            Ok(()) => {
                assert!(fits && others < 3, "{step}: {side} {others}");
                person.end(now);
                person.history.push((nth, now, None));
                tx.commit().await.unwrap();
                done += 1;
            }
            Err(refusal) => {
                tx.rollback().await.unwrap();
                if person.history.is_empty() {
                    people.remove(&case);
                }
                match refusal.code {
                    "PLACE_FULL" => {
                        assert!(fits && others >= 3, "{step}");
                        full += 1;
                    }
                    "WRONG_SIDE" => {
                        assert!(!fits, "{step}");
                        wrong += 1;
                    }
                    other => panic!("{step}: {other}"),
                }
            }
        }
    }
    assert!(
        done > 150 && full > 0 && wrong > 20,
        "{done} {full} {wrong}"
    );
    let mut conn = db.pool.acquire().await.unwrap();
    for _ in 0..200 {
        let span = now.duration_since(start).as_micros();
        let span = i64::try_from(span).unwrap();
        let at = start + SignedDuration::from_micros(random.random_range(0..=span));
        let expected = people
            .values()
            .filter(|one| one.was_in(at).is_some())
            .count();
        let found = places::head_count(&mut conn, XIANNING, at).await.unwrap();
        assert_eq!(found, i64::try_from(expected).unwrap(), "{at}");
    }
    // And exactly at the instants of the changes.
    let changes = people
        .values()
        .flat_map(|one| one.history.iter().map(|it| it.1));
    for at in changes.collect::<Vec<_>>() {
        let expected = people
            .values()
            .filter(|one| one.was_in(at).is_some())
            .count();
        let found = places::head_count(&mut conn, XIANNING, at).await.unwrap();
        assert_eq!(found, i64::try_from(expected).unwrap(), "{at}");
    }
    // The rows of the stays say the same as the ledger.
    let differ: i64 = sqlx::query_scalar(
        "select count(*) from rescue.stay
          where (state = 'admitted') <> exists (
                select from rescue.occupancy o
                 where o.case_number = stay.case_number and upper_inf(o.during))",
    )
    .fetch_one(&mut *conn)
    .await
    .unwrap();
    assert_eq!(differ, 0);
}

const CLIENTS: usize = 50;

async fn lie_down(pool: &PgPool, case: &str, bed: Uuid, now: Timestamp) -> Result<(), Refusal> {
    let mut tx = pool.begin().await.unwrap();
    match places::admit(&mut tx, case, bed, "刘春生", now).await {
        Ok(()) => {
            tx.commit().await.unwrap();
            Ok(())
        }
        Err(error) => Err(refused(error)),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_at_the_last_bed() {
    let db = database(&schemas()).await;
    demo::seed(&db.pool).await.unwrap();
    let pool = PgPoolOptions::new()
        .max_connections(20)
        .acquire_timeout(Duration::from_secs(60))
        .connect(&db.url)
        .await
        .unwrap();
    let now: Timestamp = "2026-05-12T01:00:00Z".parse().unwrap();
    let bed = place_id(1, 1);
    sqlx::query("update rescue.place set berths = 1 where id = $1")
        .bind(bed)
        .execute(&pool)
        .await
        .unwrap();
    let mut conn = pool.acquire().await.unwrap();
    for client in 0..CLIENTS {
        arrive(&mut conn, &format!("JZ{client:04}"), "male", false, now).await;
    }
    drop(conn);
    let start = Arc::new(Barrier::new(CLIENTS));
    let mut clients = JoinSet::new();
    for client in 0..CLIENTS {
        let (pool, start) = (pool.clone(), start.clone());
        clients.spawn(async move {
            start.wait().await;
            lie_down(&pool, &format!("JZ{client:04}"), bed, now).await
        });
    }
    let answers = clients.join_all().await;
    let lost: Vec<Refusal> = answers.into_iter().filter_map(Result::err).collect();
    assert_eq!(lost.len(), CLIENTS - 1, "exactly one lies down");
    for refusal in lost {
        assert_eq!(refusal.code, "PLACE_FULL");
        let free = |text: &str| {
            refusal
                .fields
                .iter()
                .any(|field| field.message.contains(text))
        };
        assert!(free("男宿舍102（空6）"), "{:?}", refusal.fields);
    }
    let mut conn = pool.acquire().await.unwrap();
    assert_eq!(
        places::head_count(&mut conn, XIANNING, now).await.unwrap(),
        1
    );
}
