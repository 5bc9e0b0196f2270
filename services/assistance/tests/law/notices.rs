//! What a notice may and must never show (rules A2.0, A5.7, A5.9, A5.21).

use serde_json::json;
use yiwang_assistance::domain::minimum_living::{
    Action, MinimumLiving, World, amount::Share, codes::*, state::State,
};
use yiwang_casework::{
    Case, Decision, Item, NoticeOp, Refusal, State as _,
    decision::{ClockOp, PostNotice},
};
use yiwang_chassis::identity::Role;
use yiwang_civic::money::Fen;

use crate::{
    build::{self, at, case, context, officer, rules},
    table::{Row, all_hold, read, same},
};

#[test]
fn notices() {
    let law = read(include_str!("notices.toml"), 20);
    all_hold(&law.rows, check);
}

fn check(row: &Row) -> Result<(), String> {
    match row.text("kind") {
        "first_opinion" => first_opinion(row),
        "published_result" => published(row),
        "refusal" => refusal(row),
        "correction_list" => correction(row),
        "cut_or_stop" => cut(row),
        "status_query" => status(row),
        kind => Err(format!("unknown kind {kind}")),
    }
}

fn act(
    case: &Case<MinimumLiving>,
    role: Role,
    code: &str,
    data: serde_json::Value,
    on: &str,
) -> Result<Decision<MinimumLiving>, Refusal> {
    let rules = rules("");
    let actor = officer("u9", role);
    let action: Action = serde_json::from_value(json!({ "action": code, "data": data })).unwrap();
    let world = World {
        keys: vec!["k0".into(), "k1".into(), "k2".into()],
        ..World::default()
    };
    MinimumLiving::decide(case, action, &context(&actor, at(on), &rules), &world)
}

/// A case with the names, numbers and texts of the row in it.
fn family(row: &Row, state: State) -> Case<MinimumLiving> {
    let input = row.child("input");
    let mut case = case(state, at("2026-03-02"));
    let form = &mut case.form;
    form.applicant.name = input.text("applicant").to_owned();
    form.payee.holder = form.applicant.name.clone();
    form.applicant.address = "湖北省十堰市竹山县某乡某村三组12号".to_owned();
    let count = input.int("members_count").unwrap_or(3) as usize;
    form.members.truncate(count.saturating_sub(1));
    for serial in form.members.len() + 1..count {
        let name = "王某";
        form.members.push(build::member(
            name,
            "2015-01-01",
            serial as u32 + 20,
            Relation::Child,
        ));
    }
    if input.text("sub_type") == "DB-S" {
        form.scope = Scope::Single;
        form.applicant.about.disability = Disability::Limbs;
        form.applicant.about.disability_grade = Some(1);
    }
    if let Some(age) = input.int("applicant_age") {
        let year = 2026 - age - 1;
        form.applicant.id_number = build::id_number(format!("{year}-06-01").parse().unwrap(), 1);
    }
    let opinion = case.facts.opinions.last_mut().unwrap();
    opinion.recommend = input.text("opinion") != "not_recommend";
    if !input.text("opinion_text").is_empty() {
        opinion.reasons = input.text("opinion_text").to_owned();
    }
    case
}

fn posted(decision: &Decision<MinimumLiving>) -> Option<&PostNotice> {
    decision.notices.iter().find_map(|op| match op {
        NoticeOp::Post(notice) => Some(notice),
        _ => None,
    })
}

fn words(notice: &PostNotice) -> String {
    let rows: Vec<String> = notice
        .rows
        .iter()
        .map(|(label, value)| format!("{label}:{value}"))
        .collect();
    [
        &notice.name,
        &notice.kind,
        &notice.title,
        &notice.text,
        &notice.place,
        &rows.join("\n"),
    ]
    .map(String::as_str)
    .join("\n")
}

fn silent(row: &Row, text: &str) -> Result<(), String> {
    for word in row.child("expected").texts("must_not_contain") {
        if text.contains(&word) {
            return Err(format!("shows {word}: {text}"));
        }
    }
    Ok(())
}

fn first_opinion(row: &Row) -> Result<(), String> {
    let expected = row.child("expected");
    let input = row.child("input");
    let case = family(row, State::FirstOpinion);
    let data = json!({ "place": "村务公开栏" });
    let decision = act(&case, Role::Clerk, "post_notice", data, "2026-03-02");
    if input.text("opinion") == "not_recommend" {
        let refused = decision.err().map(|refusal| refusal.code);
        return same("refused", refused, Some("NOT_RECOMMENDED"));
    }
    let decision = decision.map_err(|refusal| refusal.code.to_owned())?;
    let notice = posted(&decision).ok_or("nothing posted")?;
    silent(row, &words(notice))?;
    let value = |label: &str| {
        notice
            .rows
            .iter()
            .find(|(l, _)| l == label)
            .map(|(_, v)| v.as_str())
    };
    same("rows", notice.rows.len(), 3)?;
    same("class", value("拟确认类别"), Some("最低生活保障"))?;
    if let Some(count) = expected.int("members_count") {
        same(
            "count",
            value("保障人数"),
            Some(format!("{count}人").as_str()),
        )?;
    }
    let masked = expected.text("name_masked");
    if !masked.is_empty() {
        same("name", value("申请人"), Some(masked))?;
    }
    if expected.flag("posted") == Some(true) {
        return Ok(());
    }
    down(row, case, notice)
}

/// Taken down on withdrawal; gone by itself after its last day.
fn down(row: &Row, mut case: Case<MinimumLiving>, notice: &PostNotice) -> Result<(), String> {
    let input = row.child("input");
    if input.text("state") != "withdrawn" {
        let gone = yiwang_civic::time::end_of_day(notice.last_day);
        return same("ends", gone <= at(input.text("now")), true);
    }
    case.state = State::PublicNotice;
    case.notices[0].ends_at = Some(at("2026-03-10"));
    let action: Action = serde_json::from_value(json!({ "action": "withdraw" })).unwrap();
    let rules = rules("");
    let actor = officer("u9", Role::Clerk);
    let cx = context(&actor, at("2026-03-05"), &rules);
    let decision = MinimumLiving::decide(&case, action, &cx, &World::default()).unwrap();
    same(
        "taken down",
        decision.notices,
        vec![NoticeOp::Withdraw("first_opinion".to_owned())],
    )
}

fn published(row: &Row) -> Result<(), String> {
    let input = row.child("input");
    let expected = row.child("expected");
    let mut case = family(row, State::CountyReview);
    // One total only, whatever it is made of.
    let total = input.int("amount_fen").unwrap();
    case.facts.findings.yearly_income = Some(Fen((38_000 * 3 - total.min(84_000)) * 12));
    let own = if total > 84_000 {
        case.form.members[0].about.health = Health::Serious;
        build::param("supplement.ratios", "{ serious_illness = \"20%\" }")
    } else {
        String::new()
    };
    let rules = rules(&own);
    let actor = officer("u9", Role::Approver);
    let action: Action =
        serde_json::from_value(json!({ "action": "confirm", "data": {} })).unwrap();
    let world = World {
        keys: vec!["k0".into(), "k1".into(), "k2".into()],
        ..World::default()
    };
    let decision = MinimumLiving::decide(
        &case,
        action,
        &context(&actor, at("2026-03-02"), &rules),
        &world,
    )
    .map_err(|refusal| refusal.code.to_owned())?;
    let notice = posted(&decision).ok_or("nothing posted")?;
    silent(row, &words(notice))?;
    let value = |label: &str| {
        notice
            .rows
            .iter()
            .find(|(l, _)| l == label)
            .map(|(_, v)| v.clone())
    };
    same("rows", notice.rows.len(), 3)?;
    same("count", value("保障人数"), Some("3人".to_owned()))?;
    same(
        "amount",
        value("每月保障金额"),
        Some(format!("{}元", expected.text("amount"))),
    )
}

fn refusal(row: &Row) -> Result<(), String> {
    let case = family(row, State::CountyReview);
    let input = row.child("input");
    let on = if input.text("decided").is_empty() {
        "2026-04-30"
    } else {
        input.text("decided")
    };
    let data = json!({ "reasons": "家庭月人均收入512.30元，不低于标准380.00元" });
    let decision = act(&case, Role::Approver, "reject", data, on).unwrap();
    same("posted", posted(&decision).is_some(), false)?;
    same("state", decision.state.spec().code, "rejected")?;
    let text = &decision.documents[0].text;
    for word in [
        "512.30",
        "2026年4月30日",
        "行政复议",
        "行政诉讼",
        "边缘家庭",
        "刚性支出",
        "临时救助",
    ] {
        if !text.contains(word) {
            return Err(format!("does not say {word}: {text}"));
        }
    }
    let told = decision.clocks.iter().find_map(|op| match op {
        ClockOp::Start(clock) if clock.name == "refusal_told" => Some(clock.last_day.to_string()),
        _ => None,
    });
    match row.child("expected").text("told_by") {
        "" => Ok(()),
        day => same("told by", told.as_deref(), Some(day)),
    }
}

fn correction(row: &Row) -> Result<(), String> {
    let case = family(row, State::Submitted);
    let items = json!({ "items": [
        { "code": "authorisation", "reason": "配偶还没有授权" },
        { "code": "medical_bills", "reason": "请拍照上传自付票据" },
    ] });
    let decision = act(
        &case,
        Role::Clerk,
        "request_correction",
        items,
        "2026-03-02",
    )
    .unwrap();
    let text = &decision.documents[0].text;
    same("items", decision.missing.as_ref().map(Vec::len), Some(2))?;
    same(
        "named",
        text.contains("配偶还没有授权") && text.contains("自付票据"),
        true,
    )?;
    same("times", decision.facts.corrections, 1)
}

fn cut(_: &Row) -> Result<(), String> {
    let mut case = case(State::Recheck, at("2026-07-06"));
    case.facts.findings.yearly_income = Some(Fen(60_000 * 12));
    case.facts.recheck = Some(
        serde_json::from_value(json!({
            "cause": "periodic", "opened_on": "2026-07-01",
            "proposal": { "outcome": "cut", "reasons": "务工收入增加", "by": "u1" },
        }))
        .unwrap(),
    );
    case.facts.hearing = Some(
        serde_json::from_value(json!({
            "on": "2026-07-03", "by": "u1", "said": "没有意见",
        }))
        .unwrap(),
    );
    let data = json!({ "outcome": "cut", "reasons": "务工收入增加" });
    let decision = act(&case, Role::Approver, "decide_recheck", data, "2026-07-06").unwrap();
    let text = &decision.documents[0].text;
    for word in [
        "务工收入增加",
        "2026年7月3日",
        "540.00",
        "2026年8月",
        "行政复议",
        "行政诉讼",
    ] {
        if !text.contains(word) {
            return Err(format!("does not say {word}: {text}"));
        }
    }
    Ok(())
}

/// What others learn of a person's status: that it is, from when, and the
/// person's own share; nothing of income or property.
fn status(row: &Row) -> Result<(), String> {
    use prost::Message as _;
    use yiwang_proto::assistance::v1::HouseholdClassified;
    let case = family(row, State::CountyReview);
    let decision = act(&case, Role::Approver, "confirm", json!({}), "2026-03-02").unwrap();
    let (status, class): (Vec<_>, Vec<_>) =
        (decision.events.iter()).partition(|event| event.event != "classified");
    same("events", (status.len(), class.len()), (3, 1))?;
    let class = HouseholdClassified::decode(class[0].payload.as_slice()).unwrap();
    same("class", class.class.as_str(), "minimum_living")?;
    silent(row, &format!("{class:?}"))?;
    for event in status {
        let payload = event.payload.as_slice();
        let status = yiwang_proto::assistance::v1::StatusChanged::decode(payload).unwrap();
        same("type", status.benefit.as_str(), "DB")?;
        same("from", status.from_month.as_str(), "2026-04")?;
        silent(row, &format!("{status:?}"))?;
    }
    let shares: &[Share] = &decision.facts.benefit.as_ref().unwrap().shares;
    same("shares", shares.len(), 3)
}
