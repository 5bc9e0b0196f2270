//! Prices, bills, waivers and subsidies as tables (rules F09, F10, F15, B3.4, B3.6, B3.7).

use jiff::civil::Date;
use proptest::prelude::*;
use yiwang_burial::domain::{
    ashes_deposit::PRICE,
    benefit::{self, Deceased, EcoForm, Group, PaidItem, Waiver, Waivers},
    bill::{self, Bill, Prepaid, Quantity, Service},
    payout,
    price::{self, Class, Price, Pricing},
};
use yiwang_civic::money::Fen;

use crate::{
    surroundings::context,
    table::{Row, all_hold, read, same},
};

const BILLS: &str = include_str!("money/bills.toml");
const PRICES: &str = include_str!("money/prices.toml");
const SUBSIDIES: &str = include_str!("money/subsidies.toml");
const REFUNDS: &str = include_str!("money/refunds.toml");
const UNUSED: &str = include_str!("money/unused.toml");
const FREE_MONTHS: &str = include_str!("money/free_months.toml");

fn fen(yuan: &str) -> i64 {
    Fen::from_yuan_str(yuan).unwrap().0
}

fn list() -> Vec<Price> {
    let row = |(code, yuan, to): (&str, &str, Option<&str>)| Price {
        code: code.to_owned(),
        division: "000000".to_owned(),
        facility: None,
        title: code.to_owned(),
        class: Class::Basic,
        unit: "次".to_owned(),
        fen: fen(yuan),
        fen_to: to.map(fen),
        document: "文号".to_owned(),
        valid_from: "2024-01-01".parse().unwrap(),
        valid_to: None,
        pricing: Pricing::Guided,
    };
    let mut list: Vec<Price> = [
        ("transport", "300.00", None),
        ("transport.township", "400.00", None),
        ("storage", "15.00", None),
        ("farewell.small", "300.00", None),
        ("cremation.flat", "500.00", None),
        ("cremation.collect", "1000.00", None),
        ("cremation.eco", "800.00", None),
        ("ashes.deposit", "20.00", None),
        ("disinfection", "80.00", None),
        ("makeup", "200.00", None),
        ("urn", "100.00", Some("3000.00")),
    ]
    .into_iter()
    .map(row)
    .collect();
    // 停用 from 2025, and a new price of the flat furnace from 2027.
    let mut ended = row(("mourning", "50.00", None));
    ended.valid_to = Some("2025-01-01".parse().unwrap());
    list.push(ended);
    let from = "2027-01-01".parse().unwrap();
    for price in &mut list {
        if price.code == "cremation.flat" {
            price.valid_to = Some(from);
        }
    }
    let mut dearer = row(("cremation.flat", "550.00", None));
    dearer.valid_from = from;
    list.push(dearer);
    list
}

fn services(row: &Row) -> Vec<Service> {
    let one = |text: &str| {
        let mut words = text.split_whitespace();
        let code = words.next().unwrap().to_owned();
        let count: u32 = words.next().map_or(1, |count| count.parse().unwrap());
        Service {
            code,
            quantity: Quantity::units(count),
            unit_fen: words.next().map(fen),
        }
    };
    row.texts("used").into_iter().map(one).collect()
}

#[test]
fn waivers_are_taken_off_by_the_rules_of_the_region_and_the_day() {
    let rows = read(
        BILLS,
        20,
        &[
            "division",
            "household",
            "group",
            "on",
            "used",
            "subsidy",
            "charged",
            "waived",
            "refused",
        ],
    );
    let list = list();
    all_hold(&rows, |row| {
        let on: Date = row.parse("on");
        let cx = context(on.at(9, 0, 0, 0));
        let waivers = Waivers::load(cx.rules, row.text("division"), on).unwrap();
        let dead = Deceased {
            household: row.text("household"),
            group: Group::from_code(row.text("group")),
            cremated_here: true,
        };
        let subsidy = row.has("subsidy").then(|| fen(row.text("subsidy")));
        let items = waivers.of(dead);
        let bill = bill::draw_up(&services(row), &list, &items, waivers.total, subsidy, on);
        match (bill, row.has("refused")) {
            (Err(refusal), true) => same("refused", refusal.code, row.text("refused")),
            (Err(refusal), false) => Err(format!("refused: {}", refusal.code)),
            (Ok(bill), _) => {
                sums(&bill).map_err(|_| "the sums do not hold".to_owned())?;
                same("charged", bill.charged(), fen(row.text("charged")))?;
                same("waived", bill.waived(), fen(row.text("waived")))
            }
        }
    });
}

#[test]
fn a_new_price_never_changes_the_past() {
    let inputs = [
        "class",
        "pricing",
        "yuan",
        "to",
        "document",
        "from",
        "until",
        "last_from",
        "wrong",
    ];
    let rows = read(PRICES, 8, &inputs);
    let today = "2026-05-12".parse().unwrap();
    all_hold(&rows, |row| {
        let version = |from: Date| Price {
            code: "cremation.flat".to_owned(),
            division: "421224".to_owned(),
            facility: None,
            title: "火化".to_owned(),
            class: Class::from_code(row.text("class")).unwrap(),
            unit: "具".to_owned(),
            fen: fen(row.text("yuan")),
            fen_to: row.has("to").then(|| fen(row.text("to"))),
            document: row.text("document").to_owned(),
            valid_from: from,
            valid_to: row.has("until").then(|| row.parse("until")),
            pricing: Pricing::from_code(row.text("pricing")).unwrap(),
        };
        let last = row
            .has("last_from")
            .then(|| version(row.parse("last_from")));
        let wrong = price::wrong_with(&version(row.parse("from")), last.as_ref(), today);
        let codes: Vec<&str> = wrong.iter().map(|one| &*one.reason).collect();
        same("wrong", codes.as_slice(), row.texts("wrong").as_slice())
    });
}

#[test]
fn an_ecological_burial_is_subsidised_by_region_and_form() {
    let rows = read(SUBSIDIES, 12, &["division", "form", "on", "yuan"]);
    all_hold(&rows, |row| {
        let on: Date = row.parse("on");
        let cx = context(on.at(9, 0, 0, 0));
        let form = EcoForm::from_code(row.text("form")).unwrap();
        let found = benefit::subsidy(cx.rules, row.text("division"), form, on).unwrap();
        same(
            "yuan",
            found.map_or(0, |(fen, _)| fen.0),
            fen(row.text("yuan")),
        )
    });
}

#[test]
fn home_pays_back_only_what_it_would_have_waived() {
    let rows = read(
        REFUNDS,
        6,
        &["division", "household", "group", "paid", "back"],
    );
    all_hold(&rows, |row| {
        let on: Date = "2026-05-12".parse().unwrap();
        let cx = context(on.at(9, 0, 0, 0));
        let waivers = Waivers::load(cx.rules, row.text("division"), on).unwrap();
        let dead = Deceased {
            household: row.text("household"),
            group: Group::from_code(row.text("group")),
            cremated_here: false,
        };
        let paid: Vec<PaidItem> = row
            .texts("paid")
            .into_iter()
            .map(|text| {
                let words: Vec<&str> = text.split_whitespace().collect();
                PaidItem {
                    code: words[0].to_owned(),
                    quantity: Quantity::units(words[1].parse().unwrap()),
                    fen: fen(words[2]),
                }
            })
            .collect();
        let back = benefit::refundable(&paid, &waivers.of(dead), waivers.total);
        let law: Vec<i64> = row.texts("back").into_iter().map(fen).collect();
        same("back", back, law)
    });
}

#[test]
fn what_nobody_used_goes_back_by_whole_years() {
    let rows = read(UNUSED, 10, &["paid", "share", "on", "back"]);
    all_hold(&rows, |row| {
        let prepaid: Vec<Prepaid> = row
            .texts("paid")
            .into_iter()
            .map(|text| {
                let (yuan, until) = text.split_once(' ').unwrap();
                Prepaid {
                    fen: fen(yuan),
                    from: "2026-05-12".parse().unwrap(),
                    until: until.parse().ok(),
                }
            })
            .collect();
        let share = row.text("share").parse().unwrap();
        let back = bill::unused(&prepaid, row.parse("on"), share);
        same("back", back.0, fen(row.text("back")))
    });
}

#[test]
fn ashes_are_kept_free_for_as_long_as_the_region_says() {
    let inputs = ["division", "household", "group", "here", "months"];
    let rows = read(FREE_MONTHS, 8, &inputs);
    all_hold(&rows, |row| {
        let on: Date = "2026-05-12".parse().unwrap();
        let cx = context(on.at(9, 0, 0, 0));
        let waivers = Waivers::load(cx.rules, row.text("division"), on).unwrap();
        let dead = Deceased {
            household: row.text("household"),
            group: Group::from_code(row.text("group")),
            cremated_here: row.flag("here"),
        };
        let months = waivers.free_units(dead, PRICE);
        same("months", i64::from(months), row.int("months"))
    });
}

#[test]
fn the_bank_says_paid_or_returned_or_nothing() {
    let read = |text: &str| payout::outcome(&serde_json::from_str(text).unwrap());
    assert!(read(r#"{"lines":[{"status":"paid"}]}"#).unwrap().paid);
    let back = read(r#"{"lines":[{"status":"returned","reason":{"message":"账号不存在"}}]}"#);
    let back = back.unwrap();
    assert!(!back.paid && back.reason == "账号不存在");
    assert!(read(r#"{"lines":[{"status":"held"}]}"#).is_err());
    assert!(read("{}").is_err());
}

/// Every line and the whole bill: charged + waived + subsidised, none below zero.
fn sums(bill: &Bill) -> Result<(), TestCaseError> {
    for line in &bill.lines {
        prop_assert_eq!(line.fen, line.charged + line.waived + line.subsidised);
        prop_assert!(line.charged >= 0 && line.waived >= 0 && line.subsidised >= 0);
    }
    prop_assert_eq!(
        bill.total(),
        bill.charged() + bill.waived() + bill.subsidised()
    );
    Ok(())
}

const CODES: [&str; 4] = ["a", "b", "c", "d"];

fn code() -> impl Strategy<Value = String> {
    (0..CODES.len()).prop_map(|nth| CODES[nth].to_owned())
}

fn waiver() -> impl Strategy<Value = Waiver> {
    (
        proptest::collection::vec(code(), 0..3),
        proptest::option::of(0_i64..20_000),
        proptest::option::of(0_i64..200_000),
    )
        .prop_map(|(codes, quantity, fen)| Waiver {
            title: "项".to_owned(),
            codes,
            quantity: quantity.map(Quantity),
            fen,
            groups: Vec::new(),
        })
}

proptest! {
    #[test]
    fn the_sums_hold_whatever_is_used_and_waived(
        prices in proptest::collection::vec((code(), 0_i64..1_000_000), 1..5),
        used in proptest::collection::vec((code(), -100_i64..100_000), 0..8),
        waivers in proptest::collection::vec(waiver(), 0..6),
        cap in proptest::option::of(-10_i64..500_000),
        subsidy in proptest::option::of(-10_i64..500_000),
    ) {
        let on: Date = "2026-05-12".parse().unwrap();
        let list: Vec<Price> = prices
            .iter()
            .map(|(code, fen)| Price {
                code: code.clone(),
                fen: *fen,
                fen_to: None,
                ..self::list().remove(0)
            })
            .collect();
        let services: Vec<Service> = used
            .iter()
            .map(|(code, quantity)| Service {
                code: code.clone(),
                quantity: Quantity(*quantity),
                unit_fen: None,
            })
            .collect();
        let bill = bill::draw_up(&services, &list, &waivers, cap, subsidy, on);
        let on_list = |one: &Service| prices.iter().any(|(code, _)| *code == one.code);
        match bill {
            Err(refusal) => {
                let off = services.iter().any(|one| !on_list(one) || one.quantity.0 <= 0);
                prop_assert!(off || refusal.code == "QUANTITY");
            }
            Ok(bill) => {
                sums(&bill)?;
                prop_assert!(services.iter().all(on_list));
                prop_assert_eq!(bill.lines.len(), services.len());
                prop_assert!(cap.is_none_or(|cap| bill.waived() <= cap.max(0)));
                prop_assert!(bill.subsidised() <= subsidy.unwrap_or(0).max(0));
                let most: i64 = waivers.iter().map(|one| one.fen.unwrap_or(i64::MAX / 10)).sum();
                prop_assert!(bill.waived() <= most);
            }
        }
    }
}
