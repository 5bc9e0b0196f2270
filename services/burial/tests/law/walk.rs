//! Whatever order people act in: every urn is somewhere, no place is given twice or filled
//! beyond what it holds (rules B5.2, B5.3). A walk of 100,000 operations over the pure books.

#[path = "../walk/yard.rs"]
mod yard;

use std::collections::BTreeMap;

use yiwang_burial::domain::ledger::SpotKind;

use yard::{Dice, Op, Yard};

const STEPS: usize = 100_000;
const PEOPLE: usize = 400;

fn kinds() -> Vec<(SpotKind, u16)> {
    let some = |kind, capacity, n| std::iter::repeat_n((kind, capacity), n);
    some(SpotKind::Niche, 1, 40)
        .chain(some(SpotKind::Niche, 2, 20))
        .chain(some(SpotKind::AshSingle, 1, 30))
        .chain(some(SpotKind::AshJoint, 2, 30))
        .chain(some(SpotKind::BodyDouble, 2, 5))
        .chain(some(SpotKind::Tree, 6, 10))
        .chain(some(SpotKind::Sea, 60, 1))
        .collect()
}

#[test]
fn the_books_balance_after_a_hundred_thousand_operations() {
    let mut yard = Yard::new(&kinds());
    let mut dice = Dice::new(20_260_512);
    let mut cremated = 0;
    let mut done: BTreeMap<&'static str, usize> = BTreeMap::new();
    let mut refused: BTreeMap<&'static str, usize> = BTreeMap::new();
    for step in 0..STEPS {
        let op = dice.op(&yard, PEOPLE);
        match yard.apply(op) {
            Ok(()) => {
                cremated += usize::from(matches!(op, Op::Cremate(_)));
                *done.entry(name(op)).or_default() += 1;
            }
            Err(code) => *refused.entry(code).or_default() += 1,
        }
        // Every step of the first thousand, then now and then: the walk stays quick.
        if step < 1_000 || step % 50 == 0 {
            yard.check(cremated);
        }
        if step % 500 == 0 {
            yard.forget_moved();
        }
    }
    yard.check(cremated);
    println!("{done:?}\n{refused:?}");
    // Otherwise the walk proves little.
    let all = [
        "block",
        "cremate",
        "expire",
        "give back",
        "hand out",
        "hold",
        "inspect",
        "join",
        "lay",
        "let go",
        "renew",
        "reserve",
        "store",
        "take out",
        "unblock",
        "wait",
    ];
    for name in all {
        assert!(done.contains_key(name), "never done: {name}");
    }
    let all = [
        "ALREADY_RESTS",
        "HOLD_LAPSED",
        "NOT_IN_SPOT",
        "SPOT_FULL",
        "SPOT_STATE",
        "SPOT_TAKEN",
        "URN_ELSEWHERE",
        "URN_UNKNOWN",
    ];
    for code in all {
        assert!(refused.contains_key(code), "never refused: {code}");
    }
}

fn name(op: Op) -> &'static str {
    match op {
        Op::Cremate(_) => "cremate",
        Op::Hold(..) => "hold",
        Op::LetGo(..) => "let go",
        Op::Reserve(..) => "reserve",
        Op::Join(..) => "join",
        Op::Lay(_) => "lay",
        Op::TakeOut(..) => "take out",
        Op::GiveBack(_) => "give back",
        Op::Expire(_) => "expire",
        Op::Renew(_) => "renew",
        Op::Inspect(_) => "inspect",
        Op::Block(_) => "block",
        Op::Unblock(_) => "unblock",
        Op::HandOut(_) => "hand out",
        Op::Store(..) => "store",
        Op::Wait(_) => "wait",
    }
}
