//! The same death from many at the same instant, and the serials of one signer.

use std::{collections::BTreeMap, sync::Arc};

use tokio::{sync::Barrier, task::JoinSet};
use yiwang_burial::{
    deaths::{By, Recorded, number, record, uses},
    domain::{
        death::{CauseClass, Event, Identity, NewDeath, Source, UsedFor},
        document::DeadDocument,
    },
};
use yiwang_casework::ApplyError;

use crate::world::{World, id_number};

const CLINIC: &str = "124212244200000010";
const CLIENTS: u32 = 32;

fn death(id: &str, number: String) -> NewDeath {
    NewDeath {
        number,
        identity: Identity {
            name: "王德发".to_owned(),
            document: DeadDocument::CitizenId.read("", id).unwrap(),
            sex: None,
            born: None,
            household: String::new(),
            ethnicity: "01".to_owned(),
        },
        event: Event {
            died_at: "2026-05-10T19:20:00Z".parse().unwrap(),
            minute_known: true,
            place: "421224100".to_owned(),
            cause: CauseClass::Natural,
            infectious: false,
            cause_text: String::new(),
        },
        issuer: CLINIC.to_owned(),
        issuer_name: "大畈镇卫生院".to_owned(),
        signed_on: "2026-05-11".parse().unwrap(),
        source: Source::Paper,
        reference: "SW1".to_owned(),
        case_number: None,
    }
}

fn word<T>(done: Result<T, ApplyError>, won: &'static str) -> &'static str {
    match done {
        Ok(_) => won,
        Err(ApplyError::Refused(refusal)) => refusal.code,
        Err(ApplyError::Database(error)) => panic!("{error}"),
    }
}

/// Each of the clients does this at the same instant; how often each outcome came.
async fn all_at_once<F, R>(world: Arc<World>, act: F) -> BTreeMap<String, u32>
where
    F: Fn(Arc<World>, u32) -> R,
    R: Future<Output = String> + Send + 'static,
{
    let start = Arc::new(Barrier::new(CLIENTS.try_into().unwrap()));
    let mut clients = JoinSet::new();
    for client in 0..CLIENTS {
        let (start, act) = (start.clone(), act(world.clone(), client));
        clients.spawn(async move {
            start.wait().await;
            act.await
        });
    }
    let mut outcomes = BTreeMap::new();
    for outcome in clients.join_all().await {
        *outcomes.entry(outcome).or_default() += 1;
    }
    outcomes
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_dies_once_whoever_records_it() {
    let world = Arc::new(World::new(CLIENTS).await);
    let by = By {
        actor: "system:test",
        name: "录入人",
    };
    let outcomes = all_at_once(world.clone(), move |world, client| async move {
        // Half bring one number, the others each their own.
        let number = match client % 2 {
            0 => "4212242600000".to_owned(),
            _ => format!("42122426{client:05}"),
        };
        let death = death(&id_number(1), number);
        let mut tx = world.pool.begin().await.unwrap();
        let done = record(&world.rt, &mut tx, &death, by, world.rt.now()).await;
        let done = done.map(|done| done == Recorded::New);
        let outcome = match done {
            Ok(true) => "new",
            Ok(false) => "known",
            Err(error) => word::<()>(Err(error), ""),
        };
        tx.commit().await.unwrap();
        outcome.to_owned()
    })
    .await;
    assert_eq!(outcomes["new"], 1, "{outcomes:?}");
    assert!(
        outcomes
            .keys()
            .all(|word| ["new", "known", "DEATH_KNOWN"].contains(&word.as_str()))
    );
    let told: i64 =
        sqlx::query_scalar("select count(*) from chassis.outbox where aggregate = 'death'")
            .fetch_one(&world.pool)
            .await
            .unwrap();
    assert_eq!(told, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_funeral_per_certificate_and_no_serial_twice() {
    let world = Arc::new(World::new(CLIENTS).await);
    let by = By {
        actor: "system:test",
        name: "录入人",
    };
    let mut conn = world.pool.acquire().await.unwrap();
    let death = death(&id_number(1), "4212242600000".to_owned());
    record(&world.rt, &mut conn, &death, by, world.rt.now())
        .await
        .unwrap();
    drop(conn);
    let key = number::key(&world.rt, &death.number, 2026);
    let outcomes = all_at_once(world.clone(), move |world, client| {
        let key = key.clone();
        async move {
            let mut tx = world.pool.begin().await.unwrap();
            let case = format!("ZS{client}");
            let used = UsedFor::Funeral;
            let done = uses::take(&mut tx, &key, used, "殡仪馆", &case, world.rt.now()).await;
            tx.commit().await.unwrap();
            word(done, "taken").to_owned()
        }
    })
    .await;
    assert_eq!(outcomes["taken"], 1, "{outcomes:?}");
    assert_eq!(outcomes["DEATH_ALREADY_USED"], CLIENTS - 1, "{outcomes:?}");

    let serials = all_at_once(world.clone(), |world, client| async move {
        let issuer = CLINIC.parse().unwrap();
        let mut tx = world.pool.begin().await.unwrap();
        let number = number::next(&mut tx, &issuer, 2026).await.unwrap().unwrap();
        // Who gives up leaves no gap.
        match client % 4 {
            0 => tx.rollback().await.unwrap(),
            _ => tx.commit().await.unwrap(),
        }
        if client % 4 == 0 {
            "given back".to_owned()
        } else {
            number
        }
    })
    .await;
    let kept = serials.keys().filter(|key| key.starts_with(CLINIC)).count();
    assert_eq!(u32::try_from(kept).unwrap(), CLIENTS / 4 * 3);
    assert!(serials.contains_key(&format!("{CLINIC}{:04}", CLIENTS / 4 * 3)));
}
