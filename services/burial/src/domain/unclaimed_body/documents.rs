//! What a family that was found is told: a letter, and a few words in the portal.

use jiff::civil::Date;
use yiwang_casework::IssueDocument;

use super::{action::Identify, form::Form, world::Urn};
use crate::domain::{
    desk::{day, document},
    funeral::world::Home,
};

/// 告知书: who was found where, where the ashes are, and what to do, one thing after the other.
pub(super) fn told(
    form: &Form,
    who: &Identify,
    home: Option<&Home>,
    urn: Option<&Urn>,
    on: Date,
) -> IssueDocument {
    let head = format!("{}：", who.family_name.trim());
    let found = format!(
        "{}在{}发现的遗体，经DNA比对（{}），确认为{}（身份证号{}）。请节哀。",
        day(form.found_on),
        form.address.trim(),
        who.report.trim(),
        who.name.trim(),
        who.number.trim()
    );
    let (place, steps) = match urn {
        None => (
            "遗体安放在殡仪馆。".to_owned(),
            "请先打电话约好时间，再带身份证和亲属关系证明到馆；核对以后由您接办后事，其他手续由工作人员办理。",
        ),
        Some(urn) if urn.at == "scattered" => (
            "保存期满后，骨灰已经生态安葬。".to_owned(),
            "安葬的时间、地点和影像可以到殡仪馆查看，来之前请先打电话。",
        ),
        Some(urn) => (
            format!(
                "骨灰由殡仪馆保存（编号{}），保存不收费，不用着急。",
                urn.number
            ),
            "请先打电话约好时间，再带身份证和亲属关系证明到馆；两名工作人员核对以后，您在收据上签字，骨灰交给您。",
        ),
    };
    let call = home.map_or_else(String::new, call);
    document(
        "identified",
        "身份查明告知书",
        &[&head, &found, &place, steps, &call, &day(on)],
    )
}

fn call(home: &Home) -> String {
    format!("殡仪馆：{}，电话{}。", home.name, home.phone)
}

/// In the portal, where nobody is named.
pub(super) fn message(home: &Home) -> String {
    format!(
        "查明了一位亲人的身份，有消息要当面告诉您，请节哀。请打电话给{}（{}）约时间，带上身份证和亲属关系证明；\
         保存不收费，不用着急。",
        home.name, home.phone
    )
}
