//! The law of a stay as tables: where from the door, who is helped, who lies where, who leaves
//! how.

use yiwang_casework::Refusal;
use yiwang_rescue::domain::stay::{
    law::{
        eligible::Found,
        leaving::{Leaver, Word},
        person::{Ages, Known},
        screening::{Route, route},
        side::Side,
    },
    words::{EndGround, Ground, Receiver, Relation, Sign},
};

use crate::table::{Row, all_hold, read, same};

/// Ages of the law, the most of a fare.
const AGES: Ages = Ages {
    minor: 18,
    alone: 16,
};
const FARE: u32 = 20;

fn signs(row: &Row) -> Vec<Sign> {
    let codes = row.texts("signs").into_iter();
    codes.map(|code| Sign::from_code(code).unwrap()).collect()
}

fn code(result: Result<(), Refusal>) -> Result<String, String> {
    let found = result.err();
    if let Some(refusal) = &found {
        // Each says what to do.
        same("a sentence", refusal.message.ends_with('。'), true)?;
    }
    Ok(found.map_or("ALLOWED", |refusal| refusal.code).to_owned())
}

#[test]
fn from_the_door() {
    let rows = read(include_str!("stay_door.toml"), 14, &["signs"]);
    all_hold(&rows, |row| {
        let found = match route(&signs(row)) {
            Route::In => "in",
            Route::Police => "police",
            Route::Hospital { police: false } => "hospital",
            Route::Hospital { police: true } => "hospital_police",
        };
        same("route", found, row.text("expected"))
    });
}

#[test]
fn who_lies_where_and_who_never_leaves_alone() {
    let rows = read(
        include_str!("stay_person.toml"),
        14,
        &["age", "sex", "signs"],
    );
    all_hold(&rows, |row| {
        let signs = signs(row);
        let known = Known {
            age: u32::try_from(row.int("age")).unwrap(),
            signs: &signs,
        };
        let minor = AGES.is_minor(known);
        let side = Side::of(row.text("sex"), minor);
        let guarded = if AGES.is_guarded(known) {
            "guarded"
        } else {
            "free"
        };
        let found = format!("{} {guarded}", side.code());
        same("side", found.as_str(), row.text("expected"))
    });
}

#[test]
fn who_is_helped_and_who_may_be_refused() {
    let inputs = [
        "away",
        "no_means",
        "on_street",
        "minor",
        "guarded",
        "cannot_tell",
        "ground",
    ];
    let rows = read(include_str!("stay_eligible.toml"), 18, &inputs);
    all_hold(&rows, |row| {
        let found = Found {
            away: row.flag("away"),
            no_means: row.flag("no_means"),
            on_street: row.flag("on_street"),
            minor: row.flag("minor"),
            guarded: row.flag("guarded"),
            cannot_tell: row.flag("cannot_tell"),
        };
        let decided = match row.text("ground") {
            "" => found.admit(),
            ground => found.refuse(Ground::from_code(ground).unwrap()),
        };
        same("help", code(decided)?.as_str(), row.text("expected"))
    });
}

#[test]
fn who_leaves_how() {
    let inputs = [
        "act",
        "age",
        "signs",
        "known",
        "signed",
        "own_living",
        "escort_declined",
        "fare",
        "fare_signed",
        "relation",
        "card_checked",
        "proof",
        "guardian",
        "to",
        "receipt",
        "ground",
    ];
    let rows = read(include_str!("stay.toml"), 40, &inputs);
    all_hold(&rows, |row| {
        let signs = signs(row);
        let age = u32::try_from(row.int("age")).unwrap();
        let has = |what: fn(Sign) -> bool| signs.iter().copied().any(what);
        let leaver = Leaver {
            age,
            minor: AGES.is_minor(Known { age, signs: &signs }),
            disorder: has(Sign::guards),
            hard_to_move: has(|sign| sign == Sign::Physical),
            ill: has(Sign::is_illness),
            known: row.flag("known"),
        };
        let decided = match row.text("act") {
            "own_word" => {
                let word = Word {
                    signed: row.flag("signed"),
                    own_living: row.flag("own_living"),
                    escort_declined: row.flag("escort_declined"),
                    fare: u32::try_from(row.int("fare")).unwrap(),
                    fare_signed: row.flag("fare_signed"),
                };
                leaver.own_word(word, AGES.alone, FARE)
            }
            "fetched" => leaver.fetched(
                Relation::from_code(row.text("relation")).unwrap(),
                row.flag("card_checked"),
                row.text("proof"),
                row.flag("guardian"),
            ),
            "handed" => leaver.handed(Receiver::from_code(row.text("to")).unwrap()),
            "absconded" => leaver.absconded(row.text("receipt")),
            "terminate" => leaver.terminate(EndGround::from_code(row.text("ground")).unwrap()),
            other => panic!("no act {other}"),
        };
        same("leaving", code(decided)?.as_str(), row.text("expected"))
    });
}
