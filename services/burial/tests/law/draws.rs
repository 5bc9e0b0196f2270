//! 双随机: the same seed picks the same, and everybody is picked about as often.

use std::collections::BTreeMap;

use yiwang_burial::domain::draw::{Inspector, Urn, commitment};

fn pool() -> Vec<String> {
    (1..=9).map(|n| format!("421224100-GM{n:02}")).collect()
}

fn inspectors() -> Vec<Inspector> {
    let names = ["赵敏", "钱进", "孙立", "李强", "周平"];
    let one = |(nth, name): (usize, &&str)| Inspector {
        id: format!("鄂L{:03}", nth + 1),
        name: (*name).to_owned(),
        avoids: if nth == 0 {
            vec!["421224100-GM01".to_owned()]
        } else {
            Vec::new()
        },
    };
    names.iter().enumerate().map(one).collect()
}

#[test]
fn the_same_seed_picks_the_same_in_any_order() {
    let (mut pool, mut inspectors) = (pool(), inspectors());
    let drawn = Urn {
        pool: &pool,
        inspectors: &inspectors,
        wanted: 3,
        each: 2,
    }
    .draw("seed");
    pool.reverse();
    inspectors.reverse();
    let again = Urn {
        pool: &pool,
        inspectors: &inspectors,
        wanted: 3,
        each: 2,
    }
    .draw("seed");
    assert_eq!(drawn, again);
    // Published, so that anybody can check it with `sha256sum`; it must never change.
    assert_eq!(
        commitment("seed"),
        "19b25856e1c150ca834cffc8b59b23adbd0ec0389e58eb22b3b64768098d002b"
    );
}

#[test]
fn everybody_is_picked_about_as_often_and_whoever_avoids_never() {
    let (pool, inspectors) = (pool(), inspectors());
    let urn = Urn {
        pool: &pool,
        inspectors: &inspectors,
        wanted: 3,
        each: 2,
    };
    let mut often: BTreeMap<String, usize> = BTreeMap::new();
    for seed in 0..3_000 {
        for pick in urn.draw(&seed.to_string()) {
            assert_eq!(pick.inspectors.len(), 2);
            assert!(
                pick.facility != "421224100-GM01"
                    || !pick.inspectors.contains(&"鄂L001".to_owned())
            );
            *often.entry(pick.facility).or_default() += 1;
        }
    }
    assert_eq!(often.len(), 9);
    // 1,000 each; the standard deviation is 26.
    assert!(
        often.values().all(|n| (880..1_120).contains(n)),
        "{often:?}"
    );
}

#[test]
fn what_cannot_be_drawn_from() {
    let (pool, inspectors) = (pool(), inspectors());
    let reason = |urn: Urn<'_>| urn.check().err().map(|refusal| refusal.code);
    let urn = |wanted, each| Urn {
        pool: &pool,
        inspectors: &inspectors,
        wanted,
        each,
    };
    assert_eq!(reason(urn(9, 4)), None);
    assert_eq!(reason(urn(10, 2)), Some("POOL_TOO_SMALL"));
    assert_eq!(reason(urn(0, 2)), Some("POOL_TOO_SMALL"));
    assert_eq!(reason(urn(1, 1)), Some("TOO_FEW_INSPECTORS"));
    // One of five has to keep away from the first.
    assert_eq!(reason(urn(1, 5)), Some("TOO_FEW_INSPECTORS"));
    let twice = [pool.as_slice(), &pool[..1]].concat();
    let twice = Urn {
        pool: &twice,
        inspectors: &inspectors,
        wanted: 1,
        each: 2,
    };
    assert_eq!(reason(twice), Some("POOL_TWICE"));
}
