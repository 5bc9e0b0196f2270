//! Papers of a grave.

use jiff::civil::Date;
use yiwang_casework::{Case, IssueDocument};

use super::{
    Grave,
    action::Relocate,
    facts::{Contract, Laid},
};
use crate::domain::{
    desk::{APPEAL, day, document},
    ledger::SpotKind,
    wish,
};

fn place(case: &Case<Grave>) -> String {
    format!("{}{}", case.facts.facility, case.facts.label)
}

fn user(case: &Case<Grave>) -> &str {
    wish::name(&case.form.user.name, &case.facts.corrected)
}

/// 合同.
pub(super) fn contract(case: &Case<Grave>, contract: &Contract) -> IssueDocument {
    let kind = SpotKind::from_code(&contract.kind).map_or("", SpotKind::label);
    let period = match contract.until {
        Some(until) => format!(
            "使用期自{}至{}，期满可以续期。",
            day(contract.from),
            day(until)
        ),
        None => "生态安葬，没有使用期限。".to_owned(),
    };
    let maintained = contract.maintained_until.map_or_else(String::new, |until| {
        format!("维护管理费已交至{}。", day(until))
    });
    let head = format!(
        "合同编号{}。承办人{}，使用人{}。{kind}，位置：{}。",
        case.number,
        case.form.handler.name.trim(),
        user(case),
        place(case)
    );
    let rule = "使用人姓名不能更改。位置只供安放上述使用人，不得转让、买卖、预售；不再使用的可以迁出或者退还。";
    document(
        "grave_contract",
        "骨灰安放（葬）合同",
        &[&head, &period, &maintained, rule],
    )
}

/// 安放证明.
pub(super) fn laid(case: &Case<Grave>, laid: &Laid, kind: SpotKind) -> IssueDocument {
    let head = format!(
        "{}于{}在{}安放（葬），方式：{}。",
        user(case),
        day(laid.on),
        place(case),
        kind.label()
    );
    let urn = match laid.urn.as_str() {
        "" => String::new(),
        urn => format!("骨灰编号{urn}。"),
    };
    let witness = match laid.witness.as_str() {
        "" => String::new(),
        witness => format!(
            "见证人{witness}，地点：{}，现场照片{}。",
            laid.place, laid.photo
        ),
    };
    let signed = format!(
        "签名：{}、{}。合同编号{}。",
        laid.signed[0], laid.signed[1], case.number
    );
    document(
        "grave_laid",
        "骨灰安放（葬）证明",
        &[&head, &urn, &witness, &signed],
    )
}

/// 到期告知.
pub(super) fn expired(case: &Case<Grave>, last: Date) -> IssueDocument {
    let until = case.facts.until().map_or_else(String::new, day);
    let text = format!(
        "{}的位置（{}）使用期到{until}届满。请在{}以前携带身份证件到公墓续期或者迁出。公告期间骨灰不会移动；公告期满不办理的，依法处置。",
        user(case),
        place(case),
        day(last)
    );
    document("grave_expired", "使用期满告知书", &[&text])
}

/// 不予办理.
pub(super) fn refused(case: &Case<Grave>, reasons: &str, on: Date) -> IssueDocument {
    let head = format!("为{}申请{}，不予办理。理由：", user(case), place(case));
    document(
        "grave_refused",
        "不予办理告知书",
        &[&head, reasons, APPEAL, &day(on)],
    )
}

/// 迁出证明.
pub(super) fn relocated(case: &Case<Grave>, data: &Relocate, on: Date) -> IssueDocument {
    let text = format!(
        "{}于{}自{}迁出，由{}接收，迁往{}。交接单{}。",
        user(case),
        day(on),
        place(case),
        data.taker.trim(),
        data.destination.trim(),
        data.receipt.trim()
    );
    document("grave_relocated", "迁葬证明", &[&text])
}

/// 依法收回.
pub(super) fn released(case: &Case<Grave>, why: &str, on: Date) -> IssueDocument {
    let head = format!(
        "{}的位置（{}）于{}依法收回，骨灰存放在本馆，家属可以凭身份证件领取。",
        user(case),
        place(case),
        day(on)
    );
    document("grave_released", "依法收回决定书", &[&head, why, APPEAL])
}
