//! Every event three times, shuffled: the same rows as once and in order.

use std::collections::HashMap;

use crate::{
    couples::Couple,
    deaths::told,
    world::{World, XIANAN, ZHUSHAN},
};

/// What happened to whom, in the order of each person.
type Event = (String, usize, &'static str, &'static str);

/// What the inbox promises, proven where it is kept: each event once, in the order of its person,
/// whatever comes when.
async fn deliver(world: &World, wire: Vec<Event>) {
    let (mut next, mut parked) = (HashMap::<String, usize>::new(), Vec::new());
    for event in wire {
        parked.push(event);
        while let Some(at) = parked.iter().position(|(person, version, ..): &Event| {
            *version == next.get(person).copied().unwrap_or_default()
        }) {
            let (person, _, event, on) = parked.swap_remove(at);
            told(world, event, &person, on).await.unwrap();
            *next.entry(person).or_default() += 1;
        }
    }
}

async fn rows(copies: usize, mut seed: u64) -> Vec<String> {
    let world = World::new().await;
    let couples = [Couple(1, 2), Couple(3, 4), Couple(5, 6)];
    for couple in couples {
        world.wed(XIANAN, couple).await;
    }
    world.divorce_accepted(ZHUSHAN, couples[0]).await;
    let [one, two, three] = couples;
    let events: Vec<Event> = vec![
        // A death that was none; the other one has died.
        (one.a(), 0, "recorded", "2026-05-08"),
        (one.a(), 1, "revoked", "2026-05-08"),
        (one.b(), 0, "recorded", "2026-05-10"),
        // Both have died; the first ended it.
        (two.a(), 0, "recorded", "2026-05-09"),
        (two.b(), 0, "recorded", "2026-05-11"),
        (two.b(), 1, "corrected", "2026-05-07"),
        (three.a(), 0, "recorded", "2026-05-09"),
        (three.a(), 1, "revoked", "2026-05-09"),
        (Couple(7, 8).a(), 0, "recorded", "2026-05-09"),
    ];
    let mut wire: Vec<Event> = (0..copies).flat_map(|_| events.clone()).collect();
    if copies > 1 {
        for at in (1..wire.len()).rev() {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            wire.swap(at, usize::try_from(seed >> 33).unwrap() % (at + 1));
        }
    }
    deliver(&world, wire).await;
    world
        .texts(
            "select concat_ws(' ', r.registered_on, r.state, r.ended_on,
                              string_agg(s.person_key || s.valid, ' ' order by s.person_key))
               from marriage.record r join marriage.spouse s on s.record = r.id group by r.id
              union all
             select concat_ws(' ', person_key, died_on, death_kind, frozen) from marriage.person
              union all
             select concat_ws(' ', item, state, closed) from casework.case_file
              order by 1",
        )
        .await
}

#[tokio::test]
async fn three_times_and_shuffled_is_once_and_in_order() {
    let once = rows(1, 0).await;
    let ended: Vec<_> = [
        "ended_death 2026-05-10",
        "ended_death 2026-05-07",
        " valid ",
    ]
    .into_iter()
    .filter(|end| once.iter().any(|row| row.contains(end)))
    .collect();
    assert_eq!(ended.len(), 3, "{once:?}");
    for seed in [7, 1949, 20_260_512] {
        assert_eq!(rows(3, seed).await, once, "seed {seed}");
    }
}
