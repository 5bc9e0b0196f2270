//! Halls of different counties at the same instant: overlapping pairs, the same pair
//! twice, marriage against death. No person has two valid marriages, each loser is told
//! why, nobody waits long, and no certificate number is lost or given twice.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod world;

use std::{
    collections::BTreeMap,
    sync::Arc,
    time::{Duration, Instant},
};

use tokio::{sync::Barrier, task::JoinSet};

use world::{Ended, HALLS, World};

const CLIENTS: usize = 64;
const PERSONS: usize = 2_000;
const ROUNDS: usize = 10;
/// Acts of one client in one round.
const ACTS: usize = 10;
/// Nobody waits longer, on a small machine with all 64 at once.
const PATIENCE: Duration = Duration::from_secs(8);

/// What one client does next with persons of the round.
enum Act {
    Marry(usize, usize),
    Divorce(usize),
    Die(usize),
}

/// The `n`-th act of a client: neighbours claim each other, so that A-B meets B-C, and
/// every second client claims the pair of the client before.
fn act(round: usize, client: usize, n: usize) -> Act {
    let crowd = PERSONS / ROUNDS;
    let first = round * crowd;
    // Close together in the first acts, spread out in the later ones.
    let at = (client / 2 * (n + 1) + n * 17) % (crowd - 1);
    let (a, b) = (first + at, first + at + 1);
    match (client + n) % 16 {
        14 => Act::Divorce(a),
        15 => Act::Die(a),
        odd if odd % 2 == 1 => Act::Marry(b, a),
        _ => Act::Marry(a, b),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_valid_marriage_per_person_whoever_presses_first() {
    let world = Arc::new(World::new(CLIENTS, PERSONS).await);
    let mut outcomes: BTreeMap<String, usize> = BTreeMap::new();
    let mut slowest = Duration::ZERO;
    for round in 0..ROUNDS {
        let start = Arc::new(Barrier::new(CLIENTS));
        let mut clients = JoinSet::new();
        for client in 0..CLIENTS {
            let (world, start) = (world.clone(), start.clone());
            clients.spawn(async move {
                let hall = HALLS[client % HALLS.len()];
                let mut seen = Vec::new();
                start.wait().await;
                for n in 0..ACTS {
                    let began = Instant::now();
                    let ended = match act(round, client, n) {
                        Act::Marry(a, b) => world.marry(hall, a, b, n % 5 == 4).await,
                        Act::Divorce(a) => world.divorce(hall, a).await,
                        Act::Die(a) => world.die(a).await,
                    };
                    seen.push((ended, began.elapsed()));
                }
                seen
            });
        }
        for (ended, took) in clients.join_all().await.into_iter().flatten() {
            slowest = slowest.max(took);
            let word = match ended {
                Ended::Done => "done".to_owned(),
                Ended::Rolled => "rolled back".to_owned(),
                Ended::Nothing => "nothing to end".to_owned(),
                Ended::Refused(code) => code.to_owned(),
                Ended::Broken(error) => panic!("not a refusal: {error}"),
            };
            *outcomes.entry(word).or_default() += 1;
        }
        world.holds(round).await;
    }
    println!("{outcomes:?}, slowest {slowest:?}");
    assert!(slowest < PATIENCE, "{slowest:?}");
    let known = [
        "done",
        "rolled back",
        "nothing to end",
        "ALREADY_MARRIED",
        "DEAD",
    ];
    assert!(
        outcomes.keys().all(|word| known.contains(&word.as_str())),
        "{outcomes:?}"
    );
    for word in known {
        assert!(outcomes.contains_key(word), "never {word}");
    }
    world.numbers_without_gap().await;
    world.everybody_was_told().await;
}
