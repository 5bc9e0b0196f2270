//! What stands on a marriage certificate 结婚证.

use yiwang_casework::IssueCertificate;

use super::{documents::day, facts::Registration, form::Form, form::Kind};
use crate::domain::{
    party::{Party, Residence},
    record::Hall,
};

/// Stable kind of the certificate.
pub const KIND: &str = "marriage";

/// One number, a copy for each of the two.
#[must_use]
pub fn issue(form: &Form, hall: &Hall, registration: &Registration) -> IssueCertificate {
    IssueCertificate {
        kind: KIND,
        title: "结婚证",
        number: registration.number.clone(),
        issuer: hall.name.clone(),
        holders: vec![0, 1],
        rows: rows(form, hall, registration),
        issued_on: registration.on,
    }
}

/// Label and value, man first.
fn rows(form: &Form, hall: &Hall, registration: &Registration) -> Vec<(String, String)> {
    let mut rows = vec![
        row("结婚证字号", &registration.number),
        row("登记日期", day(registration.on)),
    ];
    for named in form.by_sex() {
        let own = |(label, value): (&str, String)| row(&format!("{}{label}", named.side), value);
        rows.extend(person(named.party).into_iter().map(own));
    }
    rows.push(row("登记机关", &hall.name));
    rows.push(row("婚姻登记员", &registration.by));
    if registration.kind == Kind::Late {
        rows.push(row("备注", Kind::Late.label()));
    }
    rows
}

fn row(label: &str, value: impl Into<String>) -> (String, String) {
    (label.to_owned(), value.into())
}

/// 姓名、性别、国籍、出生日期、身份证件号.
fn person(party: &Party) -> Vec<(&'static str, String)> {
    let mut rows = vec![("姓名", party.name.trim().to_owned())];
    let id = party.id();
    if let Some(id) = &id {
        rows.push(("性别", id.sex().label().to_owned()));
    }
    if party.residence != Residence::Foreign {
        rows.push(("国籍", "中国".to_owned()));
    }
    if let Some(id) = &id {
        rows.push(("出生日期", day(id.birth_date())));
        rows.push(("身份证件号", id.as_str().to_owned()));
    }
    rows
}
