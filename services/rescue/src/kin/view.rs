//! Candidates and comparisons as staff see them. Every search and every look leaves a line in
//! the audit log before its answer goes out.

use std::collections::HashMap;

use serde_json::json;
use sqlx::PgConnection;
use yiwang_casework::Runtime;
use yiwang_chassis::{
    audit,
    fault::{Code, Fault},
    identity::Caller,
};
use yiwang_civic::mask;
use yiwang_proto::rescue::v1 as pb;

use super::{
    Search, api, clues, matches,
    matches::Match,
    matching::{self, Candidate, Found},
    reports::{self, source_code},
    searches, sight,
};
use crate::domain::kin::score::{Field, Reason, reason::Agreement};

/// Candidates when the caller does not say, and at most.
const SHOWN: usize = 20;
const MOST: usize = 100;

fn keep(limit: i32) -> usize {
    match usize::try_from(limit) {
        Ok(0) | Err(_) => SHOWN,
        Ok(limit) => limit.min(MOST),
    }
}

fn unknown() -> Fault {
    let message = "没有找到正在寻亲的受助人员或者寻人信息，请核对编号。";
    Fault::new(Code::NotFound, "CASE_NOT_FOUND", message)
}

/// Reports for a stay.
pub(super) async fn for_stay(
    search: &Search,
    caller: &Caller,
    request: pb::SearchForStayRequest,
) -> Result<pb::CandidateList, Fault> {
    searches(caller)?;
    let purpose = api::purpose(&request.purpose)?;
    let number = request.case_number.trim();
    let mut conn = search.runtime.pool.acquire().await?;
    if !sight::of_stay(&mut conn, caller, number).await? {
        return Err(unknown());
    }
    let found = search
        .for_stay(&mut conn, number, keep(request.limit))
        .await?;
    let list = listed(&mut conn, number, found.ok_or_else(unknown)?).await?;
    let done = (purpose, api::shown(&list));
    let object = format!("case/{number}");
    let entry = api::entry(&search.runtime, caller, "kin.search", object, done);
    audit::record(&mut conn, &entry).await?;
    Ok(list)
}

/// Stranded people for a report.
pub(super) async fn for_report(
    search: &Search,
    caller: &Caller,
    request: pb::SearchForReportRequest,
) -> Result<pb::CandidateList, Fault> {
    searches(caller)?;
    let purpose = api::purpose(&request.purpose)?;
    let number = request.report.trim();
    let mut conn = search.runtime.pool.acquire().await?;
    let found = search
        .for_report(&mut conn, number, keep(request.limit))
        .await?;
    let list = listed(&mut conn, number, found.ok_or_else(unknown)?).await?;
    let done = (purpose, api::shown(&list));
    let object = format!("report/{number}");
    let entry = api::entry(&search.runtime, caller, "kin.search", object, done);
    audit::record(&mut conn, &entry).await?;
    Ok(list)
}

async fn listed(
    conn: &mut PgConnection,
    number: &str,
    found: Found,
) -> sqlx::Result<pb::CandidateList> {
    let known = matches::of_side(conn, number).await?;
    let known: HashMap<(String, String), Match> = known
        .into_iter()
        .map(|one| ((one.stay.clone(), one.report.clone()), one))
        .collect();
    let candidates = found.candidates.into_iter().map(|one| {
        let pair = known.get(&(one.stay.clone(), one.report.clone()));
        candidate(one, pair)
    });
    Ok(pb::CandidateList {
        candidates: candidates.collect(),
        pool: i64::try_from(found.pool).unwrap_or(i64::MAX),
        loading: found.loading,
    })
}

fn candidate(one: Candidate, pair: Option<&Match>) -> pb::Candidate {
    let code = |alone: crate::domain::kin::score::Alone| alone.code().to_owned();
    pb::Candidate {
        label: mask::name(&one.name),
        probability: f64::from(one.probability),
        score: f64::from(one.score),
        reasons: one.reasons.iter().map(|why| reason(why, true)).collect(),
        source: source_code(one.source).to_owned(),
        r#match: pair
            .map(|pair| pair.case_number.clone())
            .unwrap_or_default(),
        match_state: pair.map(|pair| pair.state.clone()).unwrap_or_default(),
        alone: one.alone.map(code).unwrap_or_default(),
        report: one.report,
        stay: one.stay,
    }
}

/// What names somebody is masked in lists; the comparison shows it.
/// What a list or a case shows of a clue; the whole stands in the comparison, for a purpose.
pub(super) fn masked(field: Field, text: &str) -> String {
    match field {
        Field::Name => mask::name(text),
        Field::Kin | Field::IdNumber if !text.is_empty() => "比对时显示".to_owned(),
        Field::Home | Field::Village => mask::address(text),
        _ => text.to_owned(),
    }
}

fn reason(why: &Reason, mask: bool) -> pb::Reason {
    let text = |text: &str| match mask {
        true => masked(why.field, text),
        false => text.to_owned(),
    };
    let field = serde_json::to_value(why.field).ok();
    let agreement = match why.agreement {
        Agreement::Strong => "strong",
        Agreement::Supports => "supports",
        Agreement::Neutral => "neutral",
        Agreement::Against => "against",
    };
    pb::Reason {
        field: field
            .and_then(|code| code.as_str().map(str::to_owned))
            .unwrap_or_default(),
        title: why.field.title().to_owned(),
        said: text(&why.said),
        found: text(&why.found),
        relation: why.relation.to_owned(),
        agreement: agreement.to_owned(),
        weight: f64::from(why.weight),
    }
}

/// Both sides, unmasked, for who compares.
pub(super) async fn compare(
    rt: &Runtime,
    caller: &Caller,
    request: pb::CompareViewRequest,
) -> Result<pb::Comparison, Fault> {
    searches(caller)?;
    let purpose = api::purpose(&request.purpose)?;
    let (stay, report) = (request.case_number.trim(), request.report.trim());
    let mut conn = rt.pool.acquire().await?;
    if !sight::of_stay(&mut conn, caller, stay).await? {
        return Err(unknown());
    }
    let of = clues::find(rt, &mut conn, stay)
        .await?
        .ok_or_else(unknown)?;
    let held = reports::find(rt, &mut conn, report).await?;
    let held = held.ok_or_else(unknown)?;
    // Who is no longer looked for is looked at only by those who compared the pair before.
    if !of.active || held.state != "open" {
        let known = matches::of_side(&mut conn, stay).await?;
        if !known.iter().any(|one| one.report == report) {
            return Err(unknown());
        }
    }
    let pair = matching::pair(&of, &held);
    let done = (purpose, json!({ "report": report }));
    let entry = api::entry(rt, caller, "kin.compare", format!("case/{stay}"), done);
    audit::record(&mut conn, &entry).await?;
    Ok(pb::Comparison {
        stay: stay.to_owned(),
        report: report.to_owned(),
        score: f64::from(pair.score),
        alone: pair
            .alone
            .map(|alone| alone.code().to_owned())
            .unwrap_or_default(),
        reasons: pair.reasons.iter().map(|why| reason(why, false)).collect(),
        fields: fields(&of.clues, &held.report),
    })
}

fn fields(
    told: &crate::domain::kin::clues::Clues,
    held: &crate::domain::kin::report::Report,
) -> Vec<pb::ComparedField> {
    use crate::domain::kin::report::{Relative, Sex};
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let sex = |sex: Option<Sex>| match sex {
        Some(Sex::M) => "男".to_owned(),
        Some(Sex::F) => "女".to_owned(),
        None => String::new(),
    };
    let centimetres = |height: Option<i32>| height.map_or_else(String::new, |h| format!("{h}厘米"));
    let years =
        |age: Option<i32>, how: &str| age.map_or_else(String::new, |a| format!("{a}岁{how}"));
    let kin = |list: &[Relative]| {
        let each = list.iter().map(|one| format!("{}{}", one.rel, one.name));
        each.collect::<Vec<_>>().join("、")
    };
    let place = |code: &Option<String>| {
        let code = code.clone().unwrap_or_default();
        yiwang_civic::division::full_name(&code).unwrap_or(code)
    };
    let has = |face: &Option<String>| match face {
        Some(_) => "有".to_owned(),
        None => String::new(),
    };
    let mut names = text(&held.name);
    if !held.aka.is_empty() {
        names = format!("{names}（{}）", held.aka.join("、"));
    }
    let basis = told.age_basis.clone().unwrap_or_default();
    let rows = [
        ("姓名", text(&told.said_name), names),
        ("性别", sex(told.sex), sex(held.sex)),
        (
            "年龄",
            years(told.age, &format!("（{basis}）")),
            years(held.age_at_report, "（登记时）"),
        ),
        ("出生日期", String::new(), text(&held.birth_date)),
        ("属相", text(&told.zodiac), String::new()),
        ("证件号码", text(&told.id_fragment), text(&held.id_number)),
        ("家乡", text(&told.said_place), text(&held.address)),
        ("户籍地", String::new(), place(&held.native_place)),
        ("口音", text(&told.accent), text(&held.dialect)),
        (
            "身高",
            centimetres(told.height_cm),
            centimetres(held.height_cm),
        ),
        ("体貌特征", text(&told.body_marks), text(&held.body_marks)),
        ("身体状况", text(&told.condition), text(&held.condition)),
        ("亲属", kin(&told.relatives), kin(&held.relatives)),
        ("时间", text(&told.found_date), text(&held.last_seen_date)),
        (
            "地点",
            place(&told.found_place),
            place(&held.last_seen_place),
        ),
        ("人脸数据", has(&told.face), has(&held.face)),
    ];
    let told = rows
        .into_iter()
        .filter(|(_, said, found)| !said.is_empty() || !found.is_empty());
    told.map(|(title, said, found)| pb::ComparedField {
        title: title.to_owned(),
        said,
        found,
    })
    .collect()
}
