//! What stands on a marriage certificate 结婚证.

use yiwang_casework::IssueCertificate;

use super::{documents::day, facts::Registration, form::Form, form::Kind};
use crate::domain::{desk::paper, record::Hall};

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
    rows.extend(
        form.by_sex()
            .into_iter()
            .flat_map(|named| paper::rows(named.party)),
    );
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
