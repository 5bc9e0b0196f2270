use super::*;

fn at(minute: i64) -> Timestamp {
    Timestamp::from_second(1_780_000_000 + minute * 60).unwrap()
}

fn open(kind: SpotKind, capacity: u16) -> Spot {
    let mut spot = Spot::planned(kind, capacity);
    assert_eq!(spot.hold("a", at(30), at(0)), Err(SpotError::Taken));
    spot.open().unwrap();
    spot
}

#[test]
fn a_hold_ends_by_the_clock() {
    let mut spot = open(SpotKind::Niche, 1);
    spot.hold("a", at(30), at(0)).unwrap();
    assert_eq!(spot.hold("b", at(59), at(29)), Err(SpotError::Taken));
    spot.hold("b", at(60), at(30)).unwrap();
    let late = spot.reserve("a", None, None, at(31));
    assert_eq!(late, Err(SpotError::NotHeld));
    assert_eq!(spot.let_go("a"), Err(SpotError::NotHeld));
    assert_eq!(spot.block(at(31)), Err(SpotError::Taken));
    spot.block(at(60)).unwrap();
}

#[test]
fn a_family_keeps_its_place_and_kin_join() {
    let mut spot = open(SpotKind::AshJoint, 2);
    spot.hold("a", at(30), at(0)).unwrap();
    spot.pass_on("a", "MW1", at(90), at(1)).unwrap();
    assert_eq!(spot.reserve("MW1", Some("p"), None, at(2)), Ok(1));
    assert_eq!(spot.state, SpotState::Reserved);
    assert_eq!(spot.hold("b", at(30), at(3)), Err(SpotError::Taken));
    assert_eq!(
        spot.join("MW9", "MW2", None, None),
        Err(SpotError::NoUse),
        "strangers do not join"
    );
    assert_eq!(spot.join("MW1", "MW2", None, None), Ok(2));
    assert_eq!(spot.join("MW1", "MW3", None, None), Err(SpotError::Full));
    spot.occupy("MW1").unwrap();
    assert_eq!(spot.occupy("MW1"), Err(SpotError::NoUse));
    assert_eq!(spot.state, SpotState::Occupied);
    spot.give_back("MW2").unwrap();
    spot.move_out("MW1").unwrap();
    assert_eq!(spot.state, SpotState::Vacated);
    assert_eq!(spot.hold("b", at(30), at(3)), Err(SpotError::Taken));
    spot.inspect().unwrap();
    spot.hold("b", at(30), at(3)).unwrap();
}

#[test]
fn a_tree_stays_on_offer_until_it_is_full() {
    let mut tree = open(SpotKind::Tree, 2);
    for (case, left) in [("MW1", true), ("MW2", false)] {
        tree.hold(case, at(30), at(0)).unwrap();
        tree.reserve(case, None, None, at(1)).unwrap();
        assert_eq!(tree.is_free(at(2)), left);
    }
    tree.occupy("MW1").unwrap();
    assert_eq!(tree.state, SpotState::Occupied);
    tree.move_out("MW1").unwrap();
    assert_eq!((tree.state, tree.used()), (SpotState::Available, 1));
    // Somebody chooses while another is laid to rest there.
    tree.hold("c", at(30), at(0)).unwrap();
    tree.occupy("MW2").unwrap();
    assert!(tree.is_held_by("c", at(1)));
}

#[test]
fn holds_and_uses_of_a_tree_together_fill_it() {
    let mut tree = open(SpotKind::Tree, 3);
    tree.hold("a", at(30), at(0)).unwrap();
    tree.hold("MW1", at(60), at(0)).unwrap();
    tree.reserve("MW1", None, None, at(1)).unwrap();
    assert!(tree.is_free(at(1)), "one of three is left");
    assert_eq!(
        tree.block(at(1)),
        Err(SpotError::Taken),
        "somebody chose it"
    );
    tree.hold("b", at(40), at(1)).unwrap();
    assert_eq!(tree.state, SpotState::Held);
    assert_eq!(tree.hold("c", at(40), at(2)), Err(SpotError::Taken));
    // The same holder again takes no second room; the case takes over the account's.
    tree.hold("b", at(45), at(2)).unwrap();
    tree.pass_on("b", "MW2", at(90), at(2)).unwrap();
    assert_eq!(tree.holds.len(), 2);
    // Without an act the room of a lapsed hold is there again.
    assert!(tree.is_free(at(30)));
    tree.hold("c", at(60), at(30)).unwrap();
    assert!(!tree.is_held_by("a", at(30)));
    let late = tree.reserve("a", None, None, at(31));
    assert_eq!(late, Err(SpotError::NotHeld));
    tree.let_go("c").unwrap();
    assert_eq!(tree.state, SpotState::Available);
    tree.closed = true;
    assert_eq!(tree.hold("d", at(60), at(31)), Err(SpotError::Taken));
    tree.reserve("MW2", None, None, at(32)).unwrap();
}

#[test]
fn what_is_blocked_stays_so_when_a_family_leaves() {
    let mut tree = open(SpotKind::Tree, 1);
    tree.hold("MW1", at(30), at(0)).unwrap();
    tree.reserve("MW1", None, None, at(1)).unwrap();
    assert_eq!(tree.block(at(2)), Err(SpotError::Taken), "full");
    let mut tree = open(SpotKind::Tree, 2);
    tree.hold("MW1", at(30), at(0)).unwrap();
    tree.reserve("MW1", None, None, at(1)).unwrap();
    tree.block(at(2)).unwrap();
    tree.give_back("MW1").unwrap();
    assert_eq!(tree.state, SpotState::Blocked);
    tree.unblock().unwrap();
    assert!(tree.is_free(at(3)));
}

#[test]
fn expired_is_not_dug_up() {
    let mut spot = open(SpotKind::AshSingle, 1);
    spot.hold("MW1", at(30), at(0)).unwrap();
    spot.reserve("MW1", None, None, at(1)).unwrap();
    assert_eq!(spot.expire(), Err(SpotError::State));
    spot.occupy("MW1").unwrap();
    spot.expire().unwrap();
    assert_eq!(spot.used(), 1);
    assert!(!spot.is_free(at(9)));
    spot.renew("MW1", "2066-01-01".parse().unwrap()).unwrap();
    assert_eq!(spot.state, SpotState::Occupied);
}
