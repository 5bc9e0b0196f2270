//! A cemetery as the pure books keep it, and random operations on it: the same against the
//! model alone (tests/law) and against the tables (tests/it).

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp, civil::Date};
use uuid::Uuid;
use yiwang_burial::domain::ledger::{
    Disposition, Spot, SpotError, SpotKind, SpotState, UrnError, UseState, Whereabouts,
};

/// Halls of the walk: the cemetery's own, and another.
pub(crate) const HALLS: [&str; 2] = ["421224100-GM01", "421224100-GT01"];

/// One operation. Cases, spots, persons and urns are numbers into the yard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Op {
    /// A body was cremated: a new urn in a hall.
    Cremate(usize),
    Hold(usize, usize),
    LetGo(usize, usize),
    Reserve(usize, usize),
    /// Spot, contract to join, own case.
    Join(usize, usize, usize),
    /// The case's person is laid to rest with their urn.
    Lay(usize),
    TakeOut(usize, bool),
    GiveBack(usize),
    Expire(usize),
    Renew(usize),
    Inspect(usize),
    Block(usize),
    Unblock(usize),
    HandOut(usize),
    Store(usize, usize),
    /// Minutes go by.
    Wait(i64),
}

/// An urn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Urn {
    pub(crate) person: usize,
    pub(crate) at: Whereabouts,
    pub(crate) version: i64,
}

/// The cemetery.
#[derive(Debug, Clone)]
pub(crate) struct Yard {
    pub(crate) now: Timestamp,
    pub(crate) spots: Vec<Spot>,
    pub(crate) ids: Vec<Uuid>,
    pub(crate) urns: Vec<Urn>,
    /// Which place and person a case is about; the spot of a case never changes.
    pub(crate) cases: BTreeMap<usize, usize>,
}

/// Number of a case.
pub(crate) fn case_number(case: usize) -> String {
    format!("MW{case:06}")
}

/// Key of a person: 64 digits.
pub(crate) fn person_key(person: usize) -> String {
    format!("{person:064x}")
}

/// A case is for one person; nobody has more than a thousand.
const CASES: usize = 1_000;

/// A case is for one person.
pub(crate) fn person_of(case: usize) -> usize {
    case / CASES
}

/// Every period of the walk.
pub(crate) fn until() -> Date {
    "2046-05-11".parse().unwrap()
}

impl Yard {
    /// Places of these kinds, all on offer.
    pub(crate) fn new(kinds: &[(SpotKind, u16)]) -> Self {
        let spots = kinds.iter().map(|(kind, capacity)| {
            let mut spot = Spot::planned(*kind, *capacity);
            spot.open().unwrap();
            spot
        });
        Self {
            now: "2026-05-12T01:00:00Z".parse().unwrap(),
            spots: spots.collect(),
            ids: (0..kinds.len())
                .map(|n| Uuid::from_u128(n as u128 + 1))
                .collect(),
            urns: Vec::new(),
            cases: BTreeMap::new(),
        }
    }

    /// A hold of half an hour.
    pub(crate) fn hold_until(&self) -> Timestamp {
        self.now + SignedDuration::from_mins(30)
    }

    pub(crate) fn urn_of(&self, person: usize) -> Option<usize> {
        self.urns.iter().position(|urn| urn.person == person)
    }

    /// The place where a case has a live use.
    pub(crate) fn spot_of(&self, case: usize) -> Option<usize> {
        self.cases.get(&case).copied()
    }

    fn rests(&self, person: usize) -> bool {
        let key = person_key(person);
        let live = self.spots.iter().flat_map(Spot::live);
        live.into_iter()
            .any(|one| one.person.as_deref() == Some(&key))
    }

    /// Does it, or leaves everything as it was and gives the code of the refusal.
    pub(crate) fn apply(&mut self, op: Op) -> Result<(), &'static str> {
        let case = match op {
            Op::Lay(case) | Op::TakeOut(case, _) | Op::GiveBack(case) | Op::Renew(case) => {
                Some(case)
            }
            _ => None,
        };
        let spot = match op {
            Op::Hold(spot, _)
            | Op::LetGo(spot, _)
            | Op::Reserve(spot, _)
            | Op::Join(spot, ..)
            | Op::Expire(spot)
            | Op::Inspect(spot)
            | Op::Block(spot)
            | Op::Unblock(spot) => Some(spot),
            _ => case.and_then(|case| self.spot_of(case)),
        };
        let before = spot.map(|spot| (spot, self.spots[spot].clone()));
        let done = self.step(op);
        // An urn is changed last, by the one step that may refuse it.
        if let (Err(_), Some((spot, before))) = (done, before) {
            self.spots[spot] = before;
        }
        done
    }

    /// Forgets who has moved out, so that a long walk stays quick.
    pub(crate) fn forget_moved(&mut self) {
        for spot in &mut self.spots {
            spot.uses.retain(|one| one.state != UseState::Moved);
        }
        let live: Vec<usize> = self.live_cases();
        self.cases.retain(|case, _| live.contains(case));
    }

    fn live_cases(&self) -> Vec<usize> {
        let live = self.spots.iter().flat_map(Spot::live);
        let number = |number: &str| number.strip_prefix("MW")?.parse().ok();
        live.filter_map(|one| number(&one.case_number)).collect()
    }

    fn step(&mut self, op: Op) -> Result<(), &'static str> {
        let (now, until_hold) = (self.now, self.hold_until());
        let no = |error: SpotError| error.code();
        match op {
            Op::Wait(minutes) => {
                self.now += SignedDuration::from_mins(minutes);
                Ok(())
            }
            Op::Cremate(person) => {
                self.urns.push(Urn {
                    person,
                    at: Whereabouts::InHall {
                        facility: HALLS[0].to_owned(),
                    },
                    version: 1,
                });
                Ok(())
            }
            Op::Hold(spot, case) => {
                let by = case_number(case);
                self.spots[spot].hold(&by, until_hold, now).map_err(no)
            }
            Op::LetGo(spot, case) => self.spots[spot].let_go(&case_number(case)).map_err(no),
            Op::Reserve(spot, case) => {
                let person = person_of(case);
                let rests = self.rests(person);
                let period = self.spots[spot].kind.has_period().then(until);
                self.spots[spot]
                    .reserve(&case_number(case), Some(&person_key(person)), period, now)
                    .map_err(no)?;
                self.contracted(spot, case, rests)
            }
            Op::Join(spot, beside, case) => {
                let person = person_of(case);
                let rests = self.rests(person);
                let beside = case_number(beside);
                self.spots[spot]
                    .join(
                        &beside,
                        &case_number(case),
                        Some(&person_key(person)),
                        Some(until()),
                    )
                    .map_err(no)?;
                self.contracted(spot, case, rests)
            }
            Op::Lay(case) => {
                let spot = self.spot_of(case).ok_or("NOT_IN_SPOT")?;
                self.spots[spot].occupy(&case_number(case)).map_err(no)?;
                if self.spots[spot].kind.for_body() {
                    return Ok(());
                }
                let urn = self.urn_of(person_of(case)).ok_or("URN_UNKNOWN")?;
                let to = Whereabouts::placed(self.spots[spot].kind, HALLS[0], self.ids[spot]);
                self.go(urn, to)
            }
            Op::TakeOut(case, to_hall) => {
                let spot = self.spot_of(case).ok_or("NOT_IN_SPOT")?;
                self.spots[spot].move_out(&case_number(case)).map_err(no)?;
                if self.spots[spot].kind.for_body() {
                    return Ok(());
                }
                let urn = self.urn_of(person_of(case)).ok_or("URN_UNKNOWN")?;
                let to = match to_hall {
                    true => Whereabouts::InHall {
                        facility: HALLS[0].to_owned(),
                    },
                    false => Whereabouts::WithFamily,
                };
                self.go(urn, to)
            }
            Op::GiveBack(case) => {
                let spot = self.spot_of(case).ok_or("NOT_IN_SPOT")?;
                self.spots[spot].give_back(&case_number(case)).map_err(no)
            }
            Op::Expire(spot) => self.spots[spot].expire().map_err(no),
            Op::Renew(case) => {
                let spot = self.spot_of(case).ok_or("NOT_IN_SPOT")?;
                self.spots[spot]
                    .renew(&case_number(case), until())
                    .map_err(no)
            }
            Op::Inspect(spot) => self.spots[spot].inspect().map_err(no),
            Op::Block(spot) => self.spots[spot].block(now).map_err(no),
            Op::Unblock(spot) => self.spots[spot].unblock().map_err(no),
            // Out of a hall, never out of a grave.
            Op::HandOut(urn) => match self.urns.get(urn).map(|urn| urn.at.disposition()) {
                Some(Disposition::InPlot) => Err("URN_ELSEWHERE"),
                Some(_) => self.go(urn, Whereabouts::WithFamily),
                None => Err("URN_UNKNOWN"),
            },
            Op::Store(urn, hall) => match self.urns.get(urn).map(|urn| urn.at.disposition()) {
                Some(Disposition::InPlot) => Err("URN_ELSEWHERE"),
                Some(_) => {
                    let facility = HALLS[hall].to_owned();
                    self.go(urn, Whereabouts::InHall { facility })
                }
                None => Err("URN_UNKNOWN"),
            },
        }
    }

    fn contracted(&mut self, spot: usize, case: usize, rests: bool) -> Result<(), &'static str> {
        if rests {
            return Err("ALREADY_RESTS");
        }
        self.cases.insert(case, spot);
        Ok(())
    }

    fn go(&mut self, urn: usize, to: Whereabouts) -> Result<(), &'static str> {
        let urn = self.urns.get_mut(urn).ok_or(UrnError::Unknown.code())?;
        urn.at = urn.at.go(to).map_err(UrnError::code)?;
        urn.version += 1;
        Ok(())
    }

    /// What must always hold (rules B5.2, B5.3).
    pub(crate) fn check(&self, cremated: usize) {
        // Every urn is in exactly one of the four places; the sum is what was cremated.
        let in_place = |disposition: Disposition| {
            let there = |urn: &&Urn| urn.at.disposition() == disposition;
            self.urns.iter().filter(there).count()
        };
        let sum: usize = Disposition::ALL.iter().map(|one| in_place(*one)).sum();
        assert_eq!(sum, cremated, "urns were lost or made");
        let mut lying = 0;
        for (at, spot) in self.spots.iter().enumerate() {
            let live: Vec<_> = spot.live().collect();
            assert!(live.len() <= usize::from(spot.capacity), "{spot:?}");
            let mut slots: Vec<u16> = live.iter().map(|one| one.slot).collect();
            slots.sort_unstable();
            slots.dedup();
            assert_eq!(slots.len(), live.len(), "a slot is given twice: {spot:?}");
            assert!(slots.iter().all(|slot| (1..=spot.capacity).contains(slot)));
            // Holds and uses together never exceed what it takes.
            let taken = live.len() + spot.holds.len();
            assert!(taken <= usize::from(spot.capacity), "{spot:?}");
            if !spot.kind.shared() {
                assert!(spot.holds.len() <= 1, "{spot:?}");
                assert!(spot.holds.is_empty() || live.is_empty(), "{spot:?}");
                let held = spot.state == SpotState::Held;
                assert_eq!(held, !spot.holds.is_empty(), "{spot:?}");
            } else if spot.state == SpotState::Available {
                assert!(taken < usize::from(spot.capacity), "{spot:?}");
            }
            if !spot.kind.shared() && spot.state != SpotState::Expired {
                let taken = matches!(spot.state, SpotState::Reserved | SpotState::Occupied);
                assert_eq!(taken, !live.is_empty(), "{spot:?}");
            }
            if spot.kind.for_body() || spot.kind.scatters() {
                continue;
            }
            for one in live.iter().filter(|one| one.state == UseState::Occupied) {
                lying += 1;
                let whose = |urn: &&Urn| one.person.as_deref() == Some(&person_key(urn.person));
                let urn = self.urns.iter().find(whose).unwrap();
                assert_eq!(urn.at.spot(), Some(self.ids[at]), "{one:?} lies elsewhere");
            }
        }
        assert_eq!(lying, in_place(Disposition::InPlot), "an urn in no use");
        let mut people: Vec<&str> = self
            .spots
            .iter()
            .flat_map(Spot::live)
            .filter_map(|one| one.person.as_deref())
            .collect();
        let all = people.len();
        people.sort_unstable();
        people.dedup();
        assert_eq!(people.len(), all, "somebody has two places");
    }
}

/// Numbers without a library: the walk is the same on every machine.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn below(&mut self, n: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % n.max(1)
    }

    /// The next operation on a yard; `people` is how many there are at most.
    pub(crate) fn op(&mut self, yard: &Yard, people: usize) -> Op {
        let spot = self.below(yard.spots.len());
        let case = self.below(people * CASES);
        let kind = self.below(100);
        let held = |dice: &mut Self| {
            // Mostly somebody who holds it, so that contracts come about.
            let holder = yard.spots[spot].holds.first();
            let number = holder.and_then(|hold| hold.by.strip_prefix("MW"));
            match number.and_then(|number| number.parse().ok()) {
                Some(holder) if dice.below(5) > 0 => holder,
                _ => case,
            }
        };
        let known = |dice: &mut Self| {
            let cases = yard.live_cases();
            match cases.is_empty() || dice.below(8) == 0 {
                true => case,
                false => cases[dice.below(cases.len())],
            }
        };
        let urn = self.below(yard.urns.len() + 1);
        match kind {
            0..12 => {
                let person = self.below(people);
                match yard.urn_of(person) {
                    Some(_) => Op::Wait(1),
                    None => Op::Cremate(person),
                }
            }
            12..28 => Op::Hold(spot, case),
            28..31 => Op::LetGo(spot, held(self)),
            31..50 => {
                let holder = held(self);
                match yard.cases.contains_key(&holder) {
                    // A case signs one contract.
                    true => Op::Wait(1),
                    false => Op::Reserve(spot, holder),
                }
            }
            50..56 => {
                let beside = known(self);
                match yard.cases.contains_key(&case) {
                    true => Op::Wait(1),
                    false => Op::Join(yard.spot_of(beside).unwrap_or(spot), beside, case),
                }
            }
            56..70 => Op::Lay(known(self)),
            70..77 => {
                let to_hall = self.below(2) == 0;
                Op::TakeOut(known(self), to_hall)
            }
            77..80 => Op::GiveBack(known(self)),
            80..82 => Op::Expire(spot),
            82..84 => Op::Renew(known(self)),
            84..88 => Op::Inspect(spot),
            88..89 => Op::Block(spot),
            89..91 => Op::Unblock(spot),
            91..94 => Op::HandOut(urn),
            94..97 => Op::Store(urn, self.below(HALLS.len())),
            _ => Op::Wait(i64::try_from(self.below(20)).unwrap()),
        }
    }
}
