//! Relatives who may not marry (rules A3.2; 民法典 1048).

use jiff::civil::date;
use yiwang_marriage::domain::kinship::{
    Kin, KinshipRules,
    Step::{self, AdoptiveChild, AdoptiveParent, Child, Parent},
    barred,
};

use crate::{
    surroundings::context,
    table::{Row, all_hold, read, same},
};

#[test]
fn kinship() {
    all_hold(&read(include_str!("kinship.toml"), 28, &["path"]), check);
}

fn check(row: &Row) -> Result<(), String> {
    let path: Vec<Step> = row.texts("path").into_iter().map(step).collect();
    let found = if barred(&path, &rules()) {
        "barred"
    } else {
        "free"
    };
    same("kinship", found, row.text("expected"))
}

fn rules() -> KinshipRules {
    KinshipRules::load(&context(date(2026, 3, 2).at(10, 0, 0, 0))).unwrap()
}

fn step(word: &str) -> Step {
    match word {
        "parent" => Parent,
        "child" => Child,
        "adoptive_parent" => AdoptiveParent,
        "adoptive_child" => AdoptiveChild,
        word => panic!("{word}"),
    }
}

/// What two people say they are is judged as the counting of generations judges it.
#[test]
fn stated_kinship_agrees_with_the_count() {
    let of: [(Kin, &[Step]); 6] = [
        (Kin::None, &[]),
        (Kin::Lineal, &[Parent, Parent]),
        (Kin::Sibling, &[Parent, Child]),
        (Kin::AuntUncleNieceNephew, &[Parent, Parent, Child]),
        (Kin::FirstCousin, &[Parent, Parent, Child, Child]),
        (Kin::Other, &[Parent, Parent, Parent, Child, Child, Child]),
    ];
    for (kin, path) in of {
        assert_eq!(kin.barred(), barred(path, &rules()), "{kin:?}");
    }
}

/// The bar on collateral relatives by adoption is a parameter; it counts generations too.
#[test]
fn adoptive_parameters() {
    let strict = KinshipRules {
        adoptive_collateral: true,
        ..rules()
    };
    assert!(barred(&[AdoptiveParent, Child], &strict));
    assert!(!barred(&[AdoptiveParent, Parent, Parent, Child], &strict));
    let lenient = KinshipRules {
        adoptive_lineal: false,
        ..rules()
    };
    assert!(!barred(&[AdoptiveParent], &lenient));
    assert!(barred(&[Parent], &lenient));
}
