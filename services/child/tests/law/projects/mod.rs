//! 明天计划 and 助学工程 (rules B2.12).

use jiff::civil::Date;
use uuid::Uuid;
use yiwang_casework::{
    Actor, Context, Papers, Refusal,
    two::{Pending, Signer},
};
use yiwang_chassis::identity::Role;
use yiwang_child::{
    RULES,
    domain::{
        projects::{
            medical_project::{self as medical, action::Bill},
            payment::{self, Due, Entered, Ordered, PayTo},
            study_project::{
                form::{Level, Way},
                law::{Student, instalments, last_day_of, school_year_of},
            },
        },
        settled::Settled,
    },
};
use yiwang_civic::{calendar::WorkCalendar, citizen_id::CitizenId, money::Fen, params::RuleBook};

use crate::table::{Row, all_hold, read, same};

fn today() -> Date {
    "2026-05-12".parse().unwrap()
}

/// Somebody of 竹山县 born on this day.
fn born(row: &Row) -> CitizenId {
    let body = format!("420323{}144", row.text("born"));
    let last = "0123456789X".chars().map(|digit| format!("{body}{digit}"));
    last.filter_map(|text| text.parse().ok()).next().unwrap()
}

/// `ALLOWED`, or the codes of all that is missing.
fn told(result: Result<(), Refusal>) -> Result<String, String> {
    let Err(refusal) = result else {
        return Ok("ALLOWED".to_owned());
    };
    same("a sentence", refusal.message.ends_with('。'), true)?;
    let codes: Vec<_> = refusal
        .fields
        .iter()
        .map(|field| field.reason.to_string())
        .collect();
    Ok(codes.join(" "))
}

#[test]
fn who_is_helped_to_study() {
    let inputs = [
        "born",
        "recognized",
        "adopted",
        "disabled",
        "level",
        "full_time",
        "in_china",
        "continuous",
    ];
    let rows = read(include_str!("study.toml"), 21, &inputs);
    all_hold(&rows, |row| {
        let student = Student {
            id: &born(row),
            recognized_on: row.parse("recognized"),
            adopted: row.flag("adopted"),
            disabled: row.flag("disabled"),
            level: Level::from_code(row.text("level")).unwrap(),
            full_time: row.flag("full_time"),
            in_china: row.flag("in_china"),
            continuous: row.flag("continuous"),
        };
        let told = told(student.may_be_helped(today()))?;
        same("student", told.as_str(), row.text("expected"))
    });
}

#[test]
fn who_may_be_treated() {
    let rows = read(include_str!("medical.toml"), 7, &["born", "at_school"]);
    all_hold(&rows, |row| {
        let told = told(medical::law::may_apply(
            &born(row),
            row.flag("at_school"),
            today(),
        ))?;
        same("child", told.as_str(), row.text("expected"))
    });
}

#[test]
fn what_is_left_to_pay() {
    let rows = read(include_str!("bill.toml"), 9, &["total", "insurance", "aid"]);
    all_hold(&rows, |row| {
        let bill = Bill {
            total: row.int("total"),
            insurance: row.int("insurance"),
            aid: row.int("aid"),
            invoice: "0001".to_owned(),
            papers: Papers::default(),
        };
        let left = match medical::law::own_part(&bill) {
            Ok(left) => left.0.to_string(),
            Err(refusal) => told(Err(refusal))?,
        };
        same("left", left.as_str(), row.text("expected"))
    });
}

#[test]
fn how_a_school_year_is_paid() {
    let inputs = ["year", "way", "amount", "first_month"];
    let rows = read(include_str!("instalments.toml"), 5, &inputs);
    all_hold(&rows, |row| {
        let amount = Fen(row.int("amount"));
        let year = i16::try_from(row.int("year")).unwrap();
        let first_month = u32::try_from(row.int("first_month")).unwrap();
        let way = Way::from_code(row.text("way")).unwrap();
        let all = instalments(year, way, amount, first_month);
        let sum = Fen::sum(all.iter().map(|one| one.due.fen));
        same("the whole sum", sum, Some(amount))?;
        let one = |nth: usize| {
            let one = &all[nth];
            format!("{} {} {}", one.from, one.due.period, one.due.fen.0)
        };
        let found = format!("{}: {}, {}", all.len(), one(0), one(all.len() - 1));
        same("instalments", found.as_str(), row.text("expected"))
    });
}

#[test]
fn which_school_year_it_is() {
    let rows = read(include_str!("year.toml"), 5, &["day", "first_month"]);
    all_hold(&rows, |row| {
        let first_month = u32::try_from(row.int("first_month")).unwrap();
        let year = school_year_of(row.parse("day"), first_month);
        let last = last_day_of(year, first_month).unwrap();
        let found = format!("{year} {last}");
        same("year", found.as_str(), row.text("expected"))
    });
}

#[test]
fn whose_account_it_may_be() {
    let inputs = ["holder", "id_number", "bank", "account", "by_person"];
    let rows = read(include_str!("account.toml"), 7, &inputs);
    all_hold(&rows, |row| {
        let to = PayTo {
            holder: row.text("holder").to_owned(),
            bank: row.text("bank").to_owned(),
            account: row.text("account").to_owned(),
            id_number: row.text("id_number").to_owned(),
        };
        let wrong = to.violations(row.flag("by_person"));
        let fields: Vec<_> = wrong.iter().map(|it| it.field.as_str()).collect();
        same("account", fields.join(" ").as_str(), row.text("expected"))
    });
}

#[test]
fn what_the_bank_answered_is_paid_or_back() {
    let signer = |nth: u128, name: &str| Signer {
        account: uuid::Uuid::from_u128(nth),
        name: name.to_owned(),
    };
    let ordered = Ordered {
        due: Due {
            school_year: None,
            period: String::new(),
            label: "医疗康复费用".to_owned(),
            fen: Fen(999_999),
        },
        entered: signer(1, "许文清"),
        signed: signer(2, "方志明"),
        returned: String::new(),
    };
    let told = |returned: &str| Settled {
        month: "2026-05".to_owned(),
        fen: 999_999,
        batch: "MT-2026-05-420323-000001".to_owned(),
        returned: returned.to_owned(),
        period: String::new(),
    };
    let back = ordered.clone().settle(&told("账号不存在"), today());
    let back = back.unwrap_err();
    assert!(
        back.words().ends_with("银行退回：账号不存在"),
        "{}",
        back.words()
    );
    // Sent once more, it is paid, and the reason is gone.
    let paid = back.settle(&told(" "), today()).unwrap();
    assert_eq!(paid.pay.voucher, "MT-2026-05-420323-000001");
    assert_eq!((paid.pay.paid_on, paid.due.fen), (today(), Fen(999_999)));
}

#[test]
fn what_was_entered_before_payments_went_to_the_bank_is_not_signed() {
    let rules = RuleBook::parse(RULES).unwrap();
    let actor = Actor::Officer {
        account: Uuid::from_u128(2),
        name: "方志明".to_owned(),
        roles: vec![Role::ChildCounty],
    };
    let cx = Context {
        now: "2026-05-12T09:00:00+08:00".parse().unwrap(),
        actor: &actor,
        calendar: WorkCalendar::embedded(),
        rules: &rules,
        division: "420323100",
        county: "420323",
    };
    let pending = |to: Option<PayTo>| Pending {
        step: Entered {
            due: Due {
                school_year: Some(2025),
                period: "2025-Q1".to_owned(),
                label: "2025年第一季度".to_owned(),
                fen: Fen(250_000),
            },
            to,
        },
        by: Signer {
            account: Uuid::from_u128(1),
            name: "许文清".to_owned(),
        },
        at: cx.now,
    };
    let old = payment::sign(Some(pending(None)), &cx);
    assert_eq!(old.unwrap_err().code, "NO_ACCOUNT");
    let own = PayTo {
        holder: "小红".to_owned(),
        bank: "农业银行竹山支行".to_owned(),
        account: "6228480400000000001".to_owned(),
        id_number: String::new(),
    };
    assert!(payment::sign(Some(pending(Some(own))), &cx).is_ok());
}
