//! Every event three times, shuffled: the same rows as once and in order.

use std::collections::HashMap;

use prost::Message;
use yiwang_assistance::reactions::{Deaths, Marriages};
use yiwang_chassis::inbox::Handler;
use yiwang_proto::{
    burial::v1::{DeathDoubt, DeathRecorded},
    marriage::v1::MaritalStatusChanged,
};

use crate::{
    told::tell,
    world::{World, family},
};

/// An event in the order of its aggregate: the deaths of a person, the marriages of a person.
#[derive(Clone)]
struct Event {
    aggregate: String,
    version: usize,
    kind: String,
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
    let (mut next, mut parked) = (HashMap::<String, usize>::new(), Vec::new());
    for event in wire {
        parked.push(event);
        while let Some(at) = parked.iter().position(|event: &Event| {
            event.version == next.get(&event.aggregate).copied().unwrap_or_default()
        }) {
            let event = parked.swap_remove(at);
            let handler: &dyn Handler = match event.kind.contains("marriage") {
                true => &marriages,
                false => &deaths,
            };
            tell(world, handler, &event.kind, event.payload)
                .await
                .unwrap();
            *next.entry(event.aggregate).or_default() += 1;
        }
    }
}

struct Story<'a> {
    world: &'a World,
    events: Vec<Event>,
}

impl Story<'_> {
    fn add(&mut self, source: &str, id: &str, kind: String, payload: &impl Message) {
        let aggregate = format!("{source} {}", self.world.key(id));
        let before = self.events.iter().filter(|one| one.aggregate == aggregate);
        self.events.push(Event {
            version: before.count(),
            aggregate,
            kind,
            payload: payload.encode_to_vec(),
        });
    }

    fn death(&mut self, event: &str, id: &str, on: &str) {
        let payload = DeathRecorded {
            person: self.world.key(id),
            died_on: on.to_owned(),
            certificate: "JK1".to_owned(),
        };
        self.add(
            "burial",
            id,
            format!("yiwang.burial.death.{event}.v1"),
            &payload,
        );
    }

    fn doubt(&mut self, event: &str, id: &str, on: &str) {
        let payload = DeathDoubt {
            person: self.world.key(id),
            on: on.to_owned(),
            alarm: "1".to_owned(),
        };
        self.add(
            "burial",
            id,
            format!("yiwang.burial.death.{event}.v1"),
            &payload,
        );
    }

    fn marital(&mut self, cause: &str, id: &str, on: &str) {
        let payload = MaritalStatusChanged {
            person: self.world.key(id),
            cause: cause.to_owned(),
            effective_on: on.to_owned(),
            ..MaritalStatusChanged::default()
        };
        let kind = "yiwang.marriage.person.changed.v1".to_owned();
        self.add("marriage", id, kind, &payload);
    }
}

/// Everything the events may have changed.
async fn rows(world: &World, numbers: &[String]) -> Vec<String> {
    let mut rows = world
        .texts(
            "select f.number || ' ' || f.state || ' ' || f.awaiting || ' ' || f.due_at
               from casework.case_file f
              union all
             select f.number || ' ' || c.name || ' ' || c.due_at
               from casework.clock c join casework.case_file f on f.id = c.case_id
              where c.ended_at is null
              union all
             select concat_ws(' ', case_number, person_key, from_month, until_month, frozen_from,
                              held_from, amount_fen) from assistance.benefit_share
              union all
             select concat_ws(' ', case_number, person_key, active) from assistance.benefit_member
              union all
             select concat_ws(' ', case_number, person_key, month, open_fen, recovered_fen)
               from assistance.overpayment
              union all
             select concat_ws(' ', p.case_number, l.person_key, p.kind, l.month, l.amount_fen)
               from assistance.payment_line l join assistance.payment p on p.id = l.payment_id
              order by 1",
        )
        .await;
    for number in numbers {
        rows.push(format!("{:?}", world.get(number).await.sections));
    }
    rows
}

async fn told(copies: usize, mut seed: u64) -> Vec<String> {
    let world = World::new().await;
    let forms: Vec<_> = (1..=4).map(family).collect();
    let numbers = world.all_granted(&forms).await;
    world.go_to("2026-06-15T09:00:00").await;
    world.pay().await;
    let mut story = Story {
        world: &world,
        events: Vec::new(),
    };
    let of = |nth: usize| {
        let form = &forms[nth];
        (
            form.applicant.id_number.as_str(),
            form.members[0].id_number.as_str(),
        )
    };
    let (one, spouse) = of(0);
    story.death("recorded", spouse, "2026-04-12");
    story.death("revoked", spouse, "2026-04-12");
    story.marital("divorced", one, "2026-06-10");
    story.marital("divorced", spouse, "2026-06-10");
    let (one, spouse) = of(1);
    story.death("recorded", spouse, "2026-05-12");
    story.marital("widowed", one, "2026-05-12");
    story.death("corrected", spouse, "2026-04-30");
    let (one, spouse) = of(2);
    story.doubt("doubted", spouse, "2026-04-14");
    story.doubt("settled", spouse, "2026-06-14");
    story.doubt("doubted", one, "2026-05-14");
    story.marital("registered", one, "2026-06-11");
    let (one, spouse) = of(3);
    story.death("recorded", one, "2026-04-12");
    story.death("recorded", spouse, "2026-05-02");
    story.death("revoked", one, "2026-04-12");
    let mut wire: Vec<Event> = (0..copies).flat_map(|_| story.events.clone()).collect();
    if copies > 1 {
        for at in (1..wire.len()).rev() {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            wire.swap(at, (seed >> 33) as usize % (at + 1));
        }
    }
    deliver(&world, wire).await;
    world.pay().await;
    rows(&world, &numbers).await
}

#[tokio::test]
async fn three_times_and_shuffled_is_once_and_in_order() {
    let once = told(1, 0).await;
    for seed in [7, 1949, 20_260_615] {
        assert_eq!(told(3, seed).await, once, "seed {seed}");
    }
}
