//! Papers of a re-issue.

use jiff::civil::Date;
use yiwang_casework::{Case, IssueDocument};

use super::{CertificateReissue, form::Proxy};
use crate::domain::desk::paper::{APPEAL, day, document, person};
use crate::domain::record::Hall;

/// 申请补领婚姻登记证声明书, with what was issued.
pub(super) fn statement(
    case: &Case<CertificateReissue>,
    hall: &Hall,
    number: &str,
    on: Date,
) -> IssueDocument {
    let form = &case.form;
    let which = form.which.label();
    let people = form.parties().into_iter().map(person);
    let people = people.collect::<Vec<_>>().join("、");
    let head = format!(
        "{people}声明：所持{which}遗失或者损毁，申请补领，所述属实，如有虚假，愿意承担法律责任。"
    );
    let proxy = match form.proxy {
        Proxy::Notarised => format!(
            "本件由{}凭公证书（{}）代办。",
            form.proxy_name.trim(),
            form.notarial_number.trim()
        ),
        Proxy::None | Proxy::Plain => String::new(),
    };
    let tail = format!(
        "{}于{}补发{which}，字号{number}；旧证同时作废。",
        hall.name,
        day(on)
    );
    document(
        "reissue_statement",
        "申请补领婚姻登记证声明书",
        &[&head, &proxy, &tail],
    )
}

/// 不予补发婚姻登记证告知书.
pub(super) fn refusal(
    case: &Case<CertificateReissue>,
    hall: &Hall,
    reasons: &str,
    on: Date,
) -> IssueDocument {
    let form = &case.form;
    let head = format!(
        "{}：你申请补领{}，{}于{}决定不予补发。理由：",
        form.a.name.trim(),
        form.which.label(),
        hall.name,
        day(on)
    );
    document(
        "reissue_refusal",
        "不予补发婚姻登记证告知书",
        &[&head, reasons, APPEAL],
    )
}
