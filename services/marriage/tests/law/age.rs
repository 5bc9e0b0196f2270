//! Marriage age (rules A3.1; 民法典 1047).

use jiff::civil::Date;
use yiwang_civic::citizen_id::Sex;
use yiwang_marriage::domain::legal_age::{AgeRules, of_age};

use crate::{
    surroundings::context,
    table::{Row, all_hold, read, same},
};

const INPUTS: [&str; 4] = ["sex", "born", "on", "birthday_counts"];

#[test]
fn age() {
    all_hold(&read(include_str!("age.toml"), 29, &INPUTS), check);
}

fn check(row: &Row) -> Result<(), String> {
    let on: Date = row.parse("on");
    let mut rules = AgeRules::load(&context(on.at(10, 0, 0, 0))).unwrap();
    if row.has("birthday_counts") {
        rules.birthday_counts = row.flag("birthday_counts");
    }
    let sex = match row.text("sex") {
        "male" => Sex::Male,
        "female" => Sex::Female,
        sex => panic!("{sex}"),
    };
    let found = if of_age(sex, row.parse("born"), on, &rules) {
        "ok"
    } else {
        "UNDER_AGE"
    };
    same("age", found, row.text("expected"))
}
