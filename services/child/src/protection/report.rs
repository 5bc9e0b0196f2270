//! A report by anybody, at any hour, without account (未成年人保护法 11). It opens a case at once
//! and is never refused.

use serde_json::json;
use sqlx::PgConnection;
use yiwang_casework::{
    Runtime,
    service::once::{self, Claimed},
    system,
};
use yiwang_chassis::fault::{Code, Fault, FieldViolation};
use yiwang_civic::division;
use yiwang_proto::child::v1 as pb;

use super::{
    cases::office,
    reporter::{self, Reporter},
    rows,
};
use crate::domain::protection::{
    protection_case::State,
    words::{Ground, ReporterKind},
};

/// Letters and digits that nobody confuses.
const ALPHABET: &[u8] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
const CODE: usize = 10;

/// Kinds whom the law binds to report.
const DUTY_BOUND: [ReporterKind; 5] = [
    ReporterKind::School,
    ReporterKind::Hospital,
    ReporterKind::Hotel,
    ReporterKind::Village,
    ReporterKind::Organ,
];

pub(super) async fn run(
    rt: &Runtime,
    mut request: pb::ReportRequest,
) -> Result<pb::ReportReceipt, Fault> {
    let key = std::mem::take(&mut request.idempotency_key);
    let mut tx = rt.pool.begin().await?;
    let claim = match once::claim(rt, &mut tx, "report_child", None, &key, &request).await? {
        Claimed::Fresh(claim) => claim,
        Claimed::Replay(answer) => return Ok(answer),
    };
    let reporter = check(&request)?;
    let receipt = open(rt, &mut tx, &request).await?;
    let code = code();
    reporter::keep(rt, &mut tx, &receipt, &code, &reporter).await?;
    let message = match request.danger_now {
        true => {
            "已经立案，正在告知公安机关和民政部门。儿童现在有危险的，请马上拨打110，并尽量陪着儿童。"
        }
        false => "已经立案，工作人员24小时以内研判处理。情况变得紧急的，请马上拨打110。",
    };
    let answer = pb::ReportReceipt {
        receipt,
        code,
        message: message.to_owned(),
    };
    claim.finish(rt, tx, answer).await
}

fn code() -> String {
    let random: [u8; CODE] = rand::random();
    let letters = random
        .iter()
        .map(|byte| ALPHABET[usize::from(*byte) % ALPHABET.len()]);
    letters.map(char::from).collect()
}

/// What is too long or not chosen from the list; the words themselves are the item's matter.
fn check(request: &pb::ReportRequest) -> Result<Reporter, Fault> {
    let mut wrong = Vec::new();
    if division::find(request.division.trim()).is_none() || request.division.trim().len() < 6 {
        let message = "请选择事情发生在哪个县（市、区）。";
        wrong.push(FieldViolation::new(
            "/division",
            "DIVISION_UNKNOWN",
            message,
        ));
    }
    let texts = [
        ("/child_name", &request.child_name, 100),
        ("/reporter_name", &request.reporter_name, 100),
        ("/reporter_phone", &request.reporter_phone, 20),
        ("/unit", &request.unit, 100),
    ];
    for (at, text, most) in texts {
        if text.trim().chars().count() > most {
            let message = format!("请写短一些，{most}个字以内。");
            wrong.push(FieldViolation::new(at, "TOO_LONG", message));
        }
    }
    let known = |code: &String| Ground::from_code(code).is_some();
    if !request.grounds.iter().all(known) {
        wrong.push(FieldViolation::new(
            "/grounds",
            "WRONG_VALUE",
            "请重新选择。",
        ));
    }
    if !(0..=18).contains(&request.child_age) {
        let message = "请填写0至18；不知道的不填。";
        wrong.push(FieldViolation::new("/child_age", "WRONG_VALUE", message));
    }
    if !wrong.is_empty() {
        return Err(Fault::invalid(wrong));
    }
    Ok(Reporter {
        kind: kind(request).code().to_owned(),
        name: request.reporter_name.trim().to_owned(),
        phone: request.reporter_phone.trim().to_owned(),
        unit: request.unit.trim().to_owned(),
    })
}

fn kind(request: &pb::ReportRequest) -> ReporterKind {
    ReporterKind::from_code(request.reporter_kind.trim()).unwrap_or(ReporterKind::Other)
}

async fn open(
    rt: &Runtime,
    conn: &mut PgConnection,
    request: &pb::ReportRequest,
) -> Result<String, Fault> {
    let duty_bound = DUTY_BOUND.contains(&kind(request)) || !request.unit.trim().is_empty();
    let form = json!({
        "happened": request.happened.trim(),
        "place": request.place.trim(),
        "danger_now": request.danger_now,
        "grounds": request.grounds,
        "child": { "name": request.child_name.trim(), "looks_age": request.child_age },
        "channel": "page",
        "duty_bound": duty_bound,
    });
    let place = office(&request.division);
    system::open(rt, conn, "protection-case", &place, &form, "收到报告").await
}

/// How far it is: in one word, to whoever holds the receipt and its code.
pub(super) async fn state(
    rt: &Runtime,
    request: pb::GetReceiptRequest,
) -> Result<pb::ReceiptState, Fault> {
    let mut conn = rt.pool.acquire().await?;
    let receipt = request.receipt.trim().to_uppercase();
    let code = request.code.trim().to_uppercase();
    let known = reporter::knows(&mut conn, &receipt, &code).await?;
    let row = match known {
        true => rows::goes_on(&mut conn, &receipt).await?,
        false => None,
    };
    let state = row.and_then(|row| row.state()).ok_or_else(|| {
        let message = "回执编号或者查询码不对，请核对。";
        Fault::new(Code::NotFound, "RECEIPT_UNKNOWN", message)
    })?;
    let (state, label, message) = match state {
        State::Reported => ("received", "已受理", "已经立案，工作人员正在研判。"),
        State::Closed => ("concluded", "已有结果", "已经处理，儿童安全。谢谢您。"),
        _ => (
            "under_way",
            "处理中",
            "工作人员正在处理。情况变得紧急的，请马上拨打110。",
        ),
    };
    Ok(pb::ReceiptState {
        state: state.to_owned(),
        label: label.to_owned(),
        message: message.to_owned(),
    })
}
