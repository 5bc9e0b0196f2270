//! What crosses fields, in plain Chinese; the JSON Schema has checked the rest.

use std::collections::BTreeMap;

use jiff::civil::Date;
use yiwang_chassis::fault::FieldViolation;
use yiwang_civic::{citizen_id::CitizenId, division, money::Fen};

use super::{Form, Someone};
use crate::domain::minimum_living::{
    codes::{Disability, Relation, Scope, Situation},
    household::ADULT,
};

/// Most members besides the applicant.
pub const MAX_MEMBERS: usize = 20;

/// Largest amount of one field, fen.
const MAX_AMOUNT: i64 = 10_000_000_000;

/// Where and when an application is handed in.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// 9-digit division that accepts.
    pub division: &'a str,
    /// The place of residence may accept (社会救助法第三十七条: where the province allows).
    pub residence_accepts: bool,
    /// Beijing date.
    pub today: Date,
}

struct Report(Vec<FieldViolation>);

impl Report {
    fn add(&mut self, field: String, reason: &'static str, message: impl Into<String>) {
        self.0.push(FieldViolation::new(field, reason, message));
    }
}

/// Everything wrong with a form, by JSON pointer; empty when it may be handed in.
#[must_use]
pub fn check(form: &Form, place: Place<'_>) -> Vec<FieldViolation> {
    let mut report = Report(Vec::new());
    if form.members.len() > MAX_MEMBERS {
        let message = format!("家庭成员最多填写{MAX_MEMBERS}人。");
        report.add("/members".to_owned(), "TOO_MANY", message);
        return report.0;
    }
    for one in form.everybody() {
        person(&one, place.today, &mut report);
    }
    identities(form, &mut report);
    relations(form, place.today, &mut report);
    contact_and_place(form, place, &mut report);
    household(form, &mut report);
    report.0
}

fn person(one: &Someone<'_>, today: Date, report: &mut Report) {
    let at = |field: &str| format!("{}/{field}", one.pointer());
    if !is_name(one.name) {
        report.add(
            at("name"),
            "NAME",
            "请填写身份证上的姓名，只能是汉字、字母和间隔点。",
        );
    }
    if let Err(error) = CitizenId::parse_on(one.id_number, today) {
        report.add(
            at("id_number"),
            error.reason(),
            format!("{}。", error.message()),
        );
    }
    let about = one.about;
    match (about.disability, about.disability_grade) {
        (Disability::None, Some(_)) => {
            report.add(
                at("about/disability"),
                "REQUIRED",
                "填写了残疾等级，请同时选择残疾类别。",
            );
        }
        (Disability::None, None) | (_, Some(1..=4)) => {}
        _ => {
            report.add(
                at("about/disability_grade"),
                "REQUIRED",
                "请填写残疾等级，1到4级。",
            );
        }
    }
    if about.situation == Situation::Clergy {
        match about.situation_since {
            None => report.add(
                at("about/situation_since"),
                "REQUIRED",
                "请填写从哪天起在宗教场所生活。",
            ),
            Some(since) if since > today => {
                report.add(at("about/situation_since"), "FUTURE", "日期不能晚于今天。");
            }
            Some(_) => {}
        }
    }
    incomes(one, report);
    if about
        .guardian
        .as_deref()
        .is_some_and(|name| !name.trim().is_empty() && !is_name(name))
    {
        report.add(at("about/guardian"), "NAME", "请填写监护人的姓名。");
    }
}

fn incomes(one: &Someone<'_>, report: &mut Report) {
    let income = &one.about.income;
    let kinds = [
        ("wage", income.wage),
        ("business", income.business),
        ("property", income.property),
        ("transfer", income.transfer),
        ("other", income.other),
        ("job_costs", income.job_costs),
    ];
    for (field, amount) in kinds {
        money(
            format!("{}/about/income/{field}", one.pointer()),
            amount,
            report,
        );
    }
    if income.job_costs > Fen(income.wage.0.saturating_add(income.business.0)) {
        let field = format!("{}/about/income/job_costs", one.pointer());
        report.add(field, "TOO_LARGE", "就业成本不能超过务工和经营收入。");
    }
}

fn money(field: String, amount: Fen, report: &mut Report) {
    if amount.0 < 0 {
        report.add(field, "NEGATIVE", "金额不能是负数。");
    } else if amount.0 > MAX_AMOUNT {
        report.add(field, "TOO_LARGE", "金额过大，请核对。");
    }
}

/// The same person twice, or a child older than the parent by the form.
fn identities(form: &Form, report: &mut Report) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for one in form.everybody() {
        let Some(id) = one.id() else { continue };
        if seen.insert(id.as_str().to_owned(), one.index).is_some() {
            let field = format!("{}/id_number", one.pointer());
            report.add(
                field,
                "DUPLICATE_PERSON",
                "这个身份证号码已经填写过，同一人只填一次。",
            );
        }
    }
}

fn relations(form: &Form, today: Date, report: &mut Report) {
    let applicant = form.everybody().next().and_then(|one| one.id());
    let mut spouses = 0;
    for one in form.everybody() {
        let field = || format!("{}/relation", one.pointer());
        match one.relation {
            Some(Relation::Spouse) => {
                spouses += 1;
                if spouses > 1 {
                    report.add(field(), "SECOND_SPOUSE", "配偶只能填写一人。");
                }
                if one.id().is_some_and(|id| id.age_on(today) < ADULT) {
                    report.add(
                        field(),
                        "MINOR_SPOUSE",
                        "未满18周岁，不能填写为配偶，请核对。",
                    );
                }
            }
            Some(Relation::Child) => {
                let older = one.id().zip(applicant.as_ref());
                if older.is_some_and(|(child, parent)| child.birth_date() <= parent.birth_date()) {
                    report.add(
                        field(),
                        "CHILD_OLDER",
                        "子女的年龄大于申请人，请核对关系或身份证号码。",
                    );
                }
            }
            _ => {}
        }
    }
}

fn contact_and_place(form: &Form, place: Place<'_>, report: &mut Report) {
    let applicant = &form.applicant;
    if !is_phone(&applicant.phone) {
        report.add(
            "/applicant/phone".to_owned(),
            "PHONE",
            "请填写11位手机号码或带区号的固定电话。",
        );
    }
    let known =
        |code: &str| code.len() >= 9 && division::find(code.get(..9).unwrap_or("")).is_some();
    for (field, code) in [
        ("registration_division", &applicant.registration_division),
        ("residence_division", &applicant.residence_division),
    ] {
        if !known(code.trim()) {
            report.add(
                format!("/applicant/{field}"),
                "DIVISION",
                "请选择到乡镇或街道。",
            );
        }
    }
    if applicant.address.trim().is_empty() {
        report.add(
            "/applicant/address".to_owned(),
            "REQUIRED",
            "请填写详细住址。",
        );
    }
    let within = |code: &str| code.trim().starts_with(place.division);
    let at_residence = within(&applicant.residence_division)
        && applicant.residence_permit
        && place.residence_accepts;
    if !within(&applicant.registration_division) && !at_residence {
        let message = "请向户籍所在地乡镇（街道）申请；持有居住证且当地允许的，可以向居住地申请。";
        report.add(
            "/applicant/registration_division".to_owned(),
            "WRONG_PLACE",
            message,
        );
    }
}

fn household(form: &Form, report: &mut Report) {
    money(
        "/assets/financial".to_owned(),
        form.assets.financial,
        report,
    );
    money(
        "/rigid_costs/medical".to_owned(),
        form.rigid_costs.medical,
        report,
    );
    money(
        "/rigid_costs/rehabilitation".to_owned(),
        form.rigid_costs.rehabilitation,
        report,
    );
    for (at, row) in form.uncounted.iter().enumerate() {
        money(format!("/uncounted/{at}/yearly"), row.yearly, report);
    }
    if form.scope == Scope::Single && !form.single_person.trim().is_empty() {
        let named = form.named(&form.single_person).len();
        let field = "/single_person".to_owned();
        if named == 0 {
            let message = "这个姓名不在申请人和家庭成员中，请核对。";
            report.add(field, "NOT_ON_FORM", message);
        } else if named > 1 {
            report.add(field, "SAME_NAME", "有家人同名，请改填身份证号码。");
        }
    }
    payee(form, report);
    if !form.pledge.truthful {
        report.add(
            "/pledge/truthful".to_owned(),
            "REQUIRED",
            "请阅读并勾选承诺。",
        );
    }
    if form.pledge.near_relative && form.pledge.near_relative_of.trim().is_empty() {
        let message = "请填写这位经办人员或村（居）委会成员的姓名和职务。";
        report.add("/pledge/near_relative_of".to_owned(), "REQUIRED", message);
    }
}

fn payee(form: &Form, report: &mut Report) {
    let payee = &form.payee;
    let holder = payee.holder.trim();
    if !form.everybody().any(|one| one.name.trim() == holder) {
        report.add(
            "/payee/holder".to_owned(),
            "NOT_ON_FORM",
            "开户人必须是申请人或家庭成员。",
        );
    }
    if payee.bank.trim().is_empty() {
        report.add("/payee/bank".to_owned(), "REQUIRED", "请填写开户银行。");
    }
    if !is_account(&payee.account) {
        report.add(
            "/payee/account".to_owned(),
            "ACCOUNT",
            "银行账号应为8到30位数字，请核对。",
        );
    }
}

/// Han and other letters, with the dots and spaces names carry.
fn is_name(name: &str) -> bool {
    let name = name.trim();
    let length = name.chars().count();
    let part = |c: char| c.is_alphabetic() || matches!(c, '·' | '•' | '．' | ' ' | '\'' | '-');
    (1..=50).contains(&length) && name.chars().all(part) && name.chars().any(char::is_alphabetic)
}

fn is_phone(phone: &str) -> bool {
    let digits = phone.chars().filter(char::is_ascii_digit).count();
    let shaped = phone
        .trim()
        .chars()
        .all(|c| c.is_ascii_digit() || c == '-' || c == ' ');
    shaped && (10..=12).contains(&digits)
}

fn is_account(account: &str) -> bool {
    let digits: Vec<char> = account.chars().filter(|c| !c.is_whitespace()).collect();
    (8..=30).contains(&digits.len()) && digits.iter().all(char::is_ascii_digit)
}

/// Errors of a new payee alone, pointers under `/payee`.
#[must_use]
pub fn check_payee(form: &Form) -> Vec<FieldViolation> {
    let mut report = Report(Vec::new());
    payee(form, &mut report);
    report.0
}
