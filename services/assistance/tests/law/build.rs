//! Families, cases and surroundings for the rows.

use jiff::{Timestamp, civil::Date};
use uuid::Uuid;
use yiwang_assistance::domain::minimum_living::{
    MinimumLiving, amount::Share, codes::*, facts::*, form::*, state::State,
};
use yiwang_casework::{Actor, Case, Context, NoticeFacts};
use yiwang_chassis::identity::Role;
use yiwang_civic::{calendar::WorkCalendar, money::Fen, params::RuleBook, time};

pub(crate) const DIVISION: &str = "420323100";

/// The rules as shipped, with a deployment's own on top.
pub(crate) fn rules(own: &str) -> RuleBook {
    let mut book = RuleBook::parse(&[include_str!("../../rules/minimum_living.toml")]).unwrap();
    book.extend_with(own).unwrap();
    book
}

/// A deployment's parameter.
pub(crate) fn param(id: &str, value: &str) -> String {
    param_from(id, value, "2014-01-01")
}

pub(crate) fn param_from(id: &str, value: &str, from: &str) -> String {
    format!(
        "[[param]]\nid = \"minimum_living.{id}\"\ndivision = \"420323\"\nvalid_from = \"{from}\"\nvalue = {value}\nsource = \"test\"\nverified = true\n"
    )
}

/// An ID number of somebody born on that day; `serial` tells them apart.
pub(crate) fn id_number(birth: Date, serial: u32) -> String {
    let body = format!(
        "420323{:04}{:02}{:02}{serial:03}",
        birth.year(),
        birth.month(),
        birth.day()
    );
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = body
        .bytes()
        .zip(weights)
        .map(|(b, weight)| u32::from(b - b'0') * weight)
        .sum();
    let check = b"10X98765432"[(sum % 11) as usize] as char;
    format!("{body}{check}")
}

pub(crate) fn about() -> Circumstances {
    Circumstances {
        situation: Situation::Together,
        situation_since: None,
        marital: Marital::Married,
        student: Student::None,
        health: Health::Healthy,
        disability: Disability::None,
        disability_grade: None,
        labour: Labour::Full,
        income: Income::default(),
        check_consent: true,
        guardian: None,
    }
}

pub(crate) fn member(name: &str, birth: &str, serial: u32, relation: Relation) -> Member {
    Member {
        name: name.to_owned(),
        id_number: id_number(birth.parse().unwrap(), serial),
        relation,
        about: about(),
    }
}

/// 竹山, three persons, 300 yuan a month.
pub(crate) fn form() -> Form {
    let mut applicant = about();
    applicant.income.wage = Fen(30_000);
    let mut child = member("王乐乐", "2014-09-09", 3, Relation::Child);
    child.about.student = Student::School;
    child.about.labour = Labour::None;
    child.about.check_consent = false;
    child.about.marital = Marital::Single;
    Form {
        scope: Scope::Household,
        single_person: String::new(),
        applicant: Applicant {
            name: "王小明".to_owned(),
            id_number: id_number("1980-05-10".parse().unwrap(), 1),
            phone: "13800001234".to_owned(),
            registration_division: DIVISION.to_owned(),
            registration_kind: Scale::Rural,
            residence_division: DIVISION.to_owned(),
            address: "某村三组12号".to_owned(),
            residence_permit: false,
            about: applicant,
        },
        members: vec![member("李桂芳", "1982-03-01", 2, Relation::Spouse), child],
        assets: Assets {
            financial: Fen(100_000),
            dwellings: 1,
            vehicles: Vec::new(),
            business: Business::None,
        },
        rigid_costs: RigidCosts::default(),
        uncounted: Vec::new(),
        hardship: Hardship {
            cause: Cause::Illness,
            story: String::new(),
        },
        payee: Payee {
            holder: "王小明".to_owned(),
            bank: "农村商业银行".to_owned(),
            account: "6217000000000000001".to_owned(),
        },
        pledge: Pledge {
            truthful: true,
            near_relative: false,
            near_relative_of: String::new(),
        },
    }
}

pub(crate) fn ids(form: &Form) -> Vec<String> {
    form.everybody()
        .map(|one| one.id().unwrap().as_str().to_owned())
        .collect()
}

pub(crate) fn at(text: &str) -> Timestamp {
    match text.parse::<Timestamp>() {
        Ok(instant) => instant,
        Err(_) => {
            let day: Date = text.parse().unwrap();
            time::start_of_day(day) + jiff::SignedDuration::from_hours(10)
        }
    }
}

/// A file in order, as it stands shortly before `now`: investigated, checked,
/// recommended, hung out and over.
pub(crate) fn case(state: State, now: Timestamp) -> Case<MinimumLiving> {
    let form = form();
    let today = time::beijing_date(now);
    let ago = |days: i64| today.checked_sub(jiff::Span::new().days(days)).unwrap();
    let benefit = Benefit {
        first_month: time::month_of(ago(62)),
        since: time::month_of(ago(62)),
        monthly: Fen(84_000),
        shares: (0..3)
            .map(|index| Share {
                index,
                base: Fen(28_000),
                supplement: Fen::ZERO,
                category: None,
            })
            .collect(),
        tier: None,
        standard: Fen(38_000),
        paid_through: None,
    };
    let paid = [
        State::Confirmed,
        State::InPayment,
        State::Recheck,
        State::Grace,
        State::DeathReview,
    ];
    let facts = Facts {
        accepted_on: Some(ago(20)),
        investigators: vec!["u1".to_owned(), "u2".to_owned()],
        visits: vec![Visit {
            kind: VisitKind::Home,
            on: ago(15),
            officers: vec!["u1".to_owned(), "u2".to_owned()],
            present: String::new(),
            record: "住房一套，无车辆".to_owned(),
            county: false,
        }],
        check: Check {
            rounds: 1,
            asked: ids(&form),
            started: true,
            refused: None,
            reports: vec![report(&form, ago(14))],
            objections: Vec::new(),
        },
        opinions: vec![Opinion {
            recommend: true,
            reasons: "因配偶患尿毒症、长子肢体二级残疾,建议纳入".to_owned(),
            by: "u5".to_owned(),
            on: ago(12),
        }],
        notices: 1,
        benefit: paid.contains(&state).then_some(benefit),
        ..Facts::default()
    };
    let posted = time::start_of_day(ago(11));
    let notice = NoticeFacts {
        name: "first_opinion".to_owned(),
        posted_at: posted,
        ends_at: Some(time::end_of_day(ago(4))),
        withdrawn: false,
        open_objections: 0,
    };
    Case {
        number: "DB4203232603020000017".to_owned(),
        division: DIVISION.to_owned(),
        applicant: "key-0".to_owned(),
        account: Uuid::nil(),
        form,
        state,
        facts,
        materials: Vec::new(),
        clocks: Vec::new(),
        notices: vec![notice],
        version: 5,
        submitted_on: ago(21),
    }
}

pub(crate) fn report(form: &Form, issued_on: Date) -> Report {
    Report {
        number: "HD1".to_owned(),
        issued_on,
        valid_until: issued_on.checked_add(jiff::Span::new().days(30)).unwrap(),
        covered: ids(form),
        verdict: CheckVerdict::Consistent,
        findings: Vec::new(),
        told: false,
        entered_by: None,
    }
}

pub(crate) fn officer(name: &str, role: Role) -> Actor {
    let account = Uuid::from_u128(name.bytes().fold(7, |sum, b| sum * 31 + u128::from(b)));
    Actor::Officer {
        account,
        name: name.to_owned(),
        roles: vec![role],
    }
}

pub(crate) fn context<'a>(actor: &'a Actor, now: Timestamp, rules: &'a RuleBook) -> Context<'a> {
    Context {
        now,
        actor,
        calendar: WorkCalendar::embedded(),
        rules,
        division: DIVISION,
        county: "420323",
    }
}
