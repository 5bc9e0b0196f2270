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
