//! What stands on an adoption certificate 收养登记证: adopters and child, nobody else.

use yiwang_casework::IssueCertificate;
use yiwang_civic::division;

use super::{facts::Registered, form::Form};
use crate::domain::desk::day;

/// Stable kind of the certificate.
pub const KIND: &str = "adoption";
/// Its name.
pub const TITLE: &str = "收养登记证";

/// One number, a copy for each adopter.
pub(super) fn issue(form: &Form, county: &str, registered: &Registered) -> IssueCertificate {
    let office = issuer(county);
    let mut rows = vec![
        row("收养登记证字号", &registered.number),
        row("登记日期", day(registered.on)),
        row("收养人姓名", form.adopter.name.trim()),
        row("收养人身份证件号", form.adopter.id_number.trim()),
    ];
    if form.holders().len() > 1 {
        rows.push(row("收养人姓名", form.spouse.name.trim()));
        rows.push(row("收养人身份证件号", form.spouse.id_number.trim()));
    }
    let child = &form.child;
    let name = match form.new_name.trim() {
        "" => child.name.trim(),
        name => name,
    };
    rows.push(row("被收养人姓名", name));
    rows.push(row("性别", child.sex().map_or("", |sex| sex.label())));
    rows.push(row("出生日期", child.birth().map(day).unwrap_or_default()));
    rows.push(row("被收养人身份证件号", child.id_number.trim()));
    rows.push(row("登记机关", &office));
    rows.push(row("收养登记员", &registered.registrar.name));
    rows.retain(|(_, value)| !value.is_empty());
    IssueCertificate {
        kind: KIND,
        title: TITLE,
        number: registered.number.clone(),
        issuer: office,
        holders: form.holders(),
        rows,
        issued_on: registered.on,
    }
}

/// Name of the office of a county.
#[must_use]
pub fn issuer(county: &str) -> String {
    format!("{}民政局", division::full_name(county).unwrap_or_default())
}

fn row(label: &str, value: impl Into<String>) -> (String, String) {
    (label.to_owned(), value.into())
}
