//! Every event three times, shuffled: the same rows as once and in order.

use std::collections::HashMap;

use prost::Message as _;
use yiwang_casework::testing::officer;
use yiwang_chassis::{identity::Role, inbox::Handler};
use yiwang_child::reactions::{Deaths, Marriages};
use yiwang_proto::{burial::v1::DeathRecorded, marriage::v1::MaritalStatusChanged};

use super::{
    deaths::{VILLAGE, file},
    hand,
};
use crate::world::{World, born};

/// An event in the order of its aggregate: the deaths of a person, the marriages of a person.
#[derive(Clone)]
struct Event {
    name: &'static str,
    person: String,
    version: usize,
    payload: Vec<u8>,
}

/// What the inbox promises, proven where it is kept: each event once, in the order of its
/// aggregate, whatever comes when.
async fn deliver(world: &World, wire: Vec<Event>) {
    let deaths = Deaths {
        runtime: world.rt.clone(),
    };
    let marriages = Marriages {
        runtime: world.rt.clone(),
    };
    let (mut next, mut parked) = (HashMap::<(bool, String), usize>::new(), Vec::new());
    let aggregate = |event: &Event| (event.name.starts_with("marriage"), event.person.clone());
    for event in wire {
        parked.push(event);
        while let Some(at) = parked.iter().position(|event: &Event| {
            event.version == next.get(&aggregate(event)).copied().unwrap_or_default()
        }) {
            let event = parked.swap_remove(at);
            let handler: &dyn Handler = match event.name.starts_with("marriage") {
                true => &marriages,
                false => &deaths,
            };
            *next.entry(aggregate(&event)).or_default() += 1;
            hand(world, handler, event.name, &event.person, event.payload).await;
        }
    }
}

fn death(person: &str, on: &str) -> Vec<u8> {
    let death = DeathRecorded {
        person: person.to_owned(),
        died_on: on.to_owned(),
        certificate: "BZ1".to_owned(),
    };
    death.encode_to_vec()
}

fn marriage(person: &str, cause: &str) -> Vec<u8> {
    let status = MaritalStatusChanged {
        person: person.to_owned(),
        cause: cause.to_owned(),
        effective_on: "2026-05-11".to_owned(),
        ..MaritalStatusChanged::default()
    };
    status.encode_to_vec()
}

/// Where everything stands. A review that an event opened has not heard what was told before it,
/// so how many lines its history has is not compared.
async fn told(copies: usize, mut seed: u64) -> Vec<String> {
    let world = World::new().await;
    let worker = officer(1, "李秀英", Role::ChildWorker, VILLAGE);
    let fathers = [born("19850301", 9), born("19850301", 19)];
    for (nth, father) in fathers.iter().enumerate() {
        let mut form = file(father);
        form["child"]["id_number"] = born("20160512", 7 + u32::try_from(nth).unwrap()).into();
        let filed = world.submit(&worker, "child-file", VILLAGE, form).await;
        filed.unwrap();
    }
    let keys: Vec<String> = fathers.iter().map(|id| world.key(id)).collect();
    let event = |name, person: &str, version, payload| Event {
        name,
        person: person.to_owned(),
        version,
        payload,
    };
    let (one, two) = (keys[0].as_str(), keys[1].as_str());
    let events = [
        event("burial.death.recorded", one, 0, death(one, "2026-05-11")),
        event("burial.death.corrected", one, 1, death(one, "2026-05-10")),
        event("marriage.person.changed", two, 0, marriage(two, "divorced")),
        event(
            "marriage.person.changed",
            two,
            1,
            marriage(two, "registered"),
        ),
        event(
            "burial.death.recorded",
            "stranger",
            0,
            death("stranger", "2026-05-11"),
        ),
        event("burial.death.recorded", two, 0, death(two, "2026-05-12")),
        event("burial.death.revoked", two, 1, death(two, "2026-05-12")),
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
            "select concat_ws(' ', f.item, f.state, f.division, f.closed,
                              string_agg(p.person_key || p.relation, ' '
                                         order by p.person_key, p.relation))
               from casework.case_file f join casework.case_person p on p.case_id = f.id
              group by f.id
              union all
             select concat_ws(' ', kind, division, state, roles::text, due_at, because)
               from child.task
              union all
             select concat_ws(' ', state, level, alarm, categories::text, father_key) from child.file
              union all
             select concat_ws(' ', person_key, county, open) from child.involvement
              order by 1",
        )
        .await
}

#[tokio::test]
async fn three_times_and_shuffled_is_once_and_in_order() {
    let once = told(1, 0).await;
    assert!(
        once.iter().any(|row| row.starts_with("urgent_visit")),
        "{once:?}"
    );
    for seed in [7, 1949, 20_260_512] {
        assert_eq!(told(3, seed).await, once, "seed {seed}");
    }
}
