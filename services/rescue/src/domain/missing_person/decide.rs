//! What each act does: pure.

use prost::Message as _;
use yiwang_casework::{Case, Context, Decision, Refusal, decision::DomainEvent};
use yiwang_proto::rescue::v1::ReportChanged;

use super::{
    MissingPerson,
    action::{Action, Clue, Elsewhere},
    facts::Facts,
    form::Form,
    state::State,
    world::Effect,
};
use crate::domain::desk::{self, at_field, valid};

/// Result of an act.
type Decided = Result<Decision<MissingPerson>, Refusal>;

/// A family asks: searched at once, by day and night.
pub(super) fn submit(form: &Form, cx: &Context<'_>) -> Decided {
    valid(form.violations(cx.today()))?;
    let facts = Facts {
        filed_at: Some(cx.now),
        ..Facts::default()
    };
    let told = "求助已收到，正在和全国救助站里身份不明的人比对。还没有报警的请马上报警，并请派出所采集亲属的DNA。";
    Ok(Decision::to(State::Searching, facts, "家属求助寻人")
        .tell(told)
        .effect(Effect::File))
}

fn event(case: &Case<MissingPerson>, event: &'static str) -> DomainEvent {
    let payload = ReportChanged {
        report: case.number.clone(),
        person: String::new(),
    };
    DomainEvent {
        aggregate: "report",
        aggregate_id: case.number.clone(),
        event,
        payload: payload.encode_to_vec(),
    }
}

/// Decides an act on a case.
pub(super) fn decide(case: &Case<MissingPerson>, action: Action, cx: &Context<'_>) -> Decided {
    let mut facts = case.facts.clone();
    match action {
        Action::AddClue(clue) | Action::RecordClue(clue) => add(case, facts, clue, cx),
        Action::FoundElsewhere(data) | Action::RecordFound(data) => found(case, facts, &data),
        Action::Withdraw => {
            let mut decision = Decision::to(State::Withdrawn, facts, "家属撤回")
                .effect(Effect::State("withdrawn"));
            decision.events.push(event(case, "withdrawn"));
            Ok(decision)
        }
        // Without a word of where: it may be somebody else.
        Action::Checking => Ok(Decision::to(State::Checking, facts, "有一条线索正在核实")
            .tell("有一条线索正在请公安机关核实，请保持电话畅通。")),
        Action::Checked => Ok(
            Decision::to(State::Searching, facts, "核实的线索不是要找的人")
                .tell("刚才核实的线索不是要找的人，我们接着找。"),
        ),
        Action::Matched(data) => {
            let told = format!("人找到了，在{}。请联系：{}。", data.station, data.phone);
            facts.matched = Some(data);
            let mut decision = Decision::to(State::Matched, facts, "人已找到")
                .tell(told)
                .effect(Effect::State("found"));
            decision.events.push(event(case, "found"));
            Ok(decision)
        }
        Action::TakenBack(data) => {
            let reasons = desk::reasons(&data.reasons)?;
            facts.matched = None;
            let note = format!("撤销比中：{reasons}");
            Ok(Decision::to(State::Searching, facts, note)
                .tell("前面告诉您的结果经核实有误，非常抱歉。我们接着找。")
                .effect(Effect::State("open")))
        }
    }
}

fn add(case: &Case<MissingPerson>, mut facts: Facts, clue: Clue, cx: &Context<'_>) -> Decided {
    let texts = [
        &clue.names,
        &clue.marks,
        &clue.condition,
        &clue.dialect,
        &clue.last_seen_on,
        &clue.other,
    ];
    if texts.iter().all(|text| text.trim().is_empty()) {
        return Err(at_field("REQUIRED", "/other", "请填写至少一项线索。"));
    }
    let late = clue
        .last_seen_on
        .trim()
        .parse::<jiff::civil::Date>()
        .is_ok_and(|day| day > cx.today());
    if late {
        let message = "日期晚于今天，请核对。";
        return Err(at_field("FUTURE", "/last_seen_on", message));
    }
    facts.clues.push(clue);
    Ok(Decision::to(case.state, facts, "补充线索")
        .tell("线索已补充，正在重新比对。")
        .effect(Effect::File))
}

fn found(case: &Case<MissingPerson>, mut facts: Facts, data: &Elsewhere) -> Decided {
    let how = data.how.trim();
    if how.is_empty() {
        return Err(at_field(
            "REQUIRED",
            "/how",
            "请简单说明，不想说的写“已找到”。",
        ));
    }
    facts.ended = how.to_owned();
    let mut decision = Decision::to(State::FoundElsewhere, facts, "人已在别处找到")
        .tell("知道了，不再比对。")
        .effect(Effect::State("found"))
        .effect(Effect::ForgetFace);
    decision.events.push(event(case, "found"));
    Ok(decision)
}
