//! The letter to a family that was found.

use jiff::civil::Date;
use yiwang_casework::IssueDocument;

use super::{action::Identify, form::Form, world::Urn};
use crate::domain::desk::{day, document};

/// 告知书: who was found where, and where the ashes are.
pub(super) fn told(form: &Form, who: &Identify, urn: Option<&Urn>, on: Date) -> IssueDocument {
    let head = format!("{}：", who.family_name.trim());
    let found = format!(
        "{}在{}发现的遗体，经DNA比对（{}），确认为{}（身份证号{}）。请节哀。",
        day(form.found_on),
        form.address.trim(),
        who.report.trim(),
        who.name.trim(),
        who.number.trim()
    );
    let ashes = match urn {
        None => "遗体安放在殡仪馆，请带身份证和亲属关系证明到馆办理后事。".to_owned(),
        Some(urn) if urn.at == "scattered" => {
            "保存期满后，骨灰已经生态安葬，安葬的时间、地点和影像可以到殡仪馆查看。".to_owned()
        }
        Some(urn) => format!(
            "骨灰由殡仪馆保存（编号{}），请带身份证和亲属关系证明领取；保存不收费。",
            urn.number
        ),
    };
    document(
        "identified",
        "身份查明告知书",
        &[&head, &found, &ashes, &day(on)],
    )
}
