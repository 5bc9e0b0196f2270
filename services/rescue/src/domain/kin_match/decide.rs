//! What each act does: pure.

use prost::Message as _;
use yiwang_casework::{Actor, Case, Context, Decision, Refusal, decision::DomainEvent};
use yiwang_proto::rescue::v1::MatchChanged;

use super::{
    KinMatch,
    action::{Action, Answer, Ask, Compare, Confirm, Proof},
    facts::{Compared, Facts},
    form::Form,
    state::State,
    world::{Effect, Pair, World},
};
use crate::domain::{
    desk::{self, at_field, filled, valid},
    kin::score::Alone,
    stay::action::Reasons,
    two::{self, Signer},
};

/// Result of an act.
type Decided = Result<Decision<KinMatch>, Refusal>;

/// A pair to look at: by the search, or by staff who saw the candidate.
pub(super) fn submit(form: &Form, cx: &Context<'_>, world: &World) -> Decided {
    valid(form.violations())?;
    let pair = world.pair.as_ref().ok_or_else(|| {
        let message = "没有这名受助人员的寻亲线索，或者没有这条寻人信息，请核对编号。";
        at_field("PAIR_UNKNOWN", "/stay", message)
    })?;
    searched(pair)?;
    if pair.division != cx.division {
        let message = "寻亲比对在受助人员所在的救助管理站办理。";
        return Err(at_field("STATION_ELSEWHERE", "/stay", message));
    }
    let by_system = matches!(cx.actor, Actor::System(_));
    let facts = Facts {
        reasons: pair.lines.clone(),
        score: pair.score,
        by_system,
        ..Facts::default()
    };
    let note = match by_system {
        true => "自动检索发现可能是同一个人，请比对",
        false => "提出寻亲比对",
    };
    let score = pair.score;
    Ok(Decision::to(State::Candidate, facts, note).effect(Effect::Open { score, by_system }))
}

fn searched(pair: &Pair) -> Result<(), Refusal> {
    if !pair.stay_open {
        let message = "这名受助人员的身份已经查明，或者已经不再寻亲。";
        return Err(at_field("STAY_ENDED", "/stay", message));
    }
    if !pair.report_open {
        let message = "这条寻人信息已经撤回，或者人已经找到。";
        return Err(at_field("REPORT_ENDED", "/report", message));
    }
    Ok(())
}

/// Decides an act on a case; the row of the pair follows.
pub(super) fn decide(
    case: &Case<KinMatch>,
    action: Action,
    cx: &Context<'_>,
    world: &World,
) -> Decided {
    let mut decision = match action {
        Action::Compare(data) => compare(case, data, cx),
        Action::Ask(data) => ask(case, data),
        Action::Answer(data) => answer(case, data),
        Action::Confirm(data) => confirm(case, data, cx, world),
        Action::Reject(data) => ended(case, State::Rejected, &data),
        Action::Lapse(data) => ended(case, State::Lapsed, &data),
        Action::Reopen(data) => reopen(case, &data, world),
        Action::TakeBack(data) => take_back(case, &data, cx),
    }?;
    let facts = &decision.facts;
    let account = |one: &Option<Compared>| one.as_ref().map(|one| one.by.account);
    let row = Effect::Follow([account(&facts.first), account(&facts.second)]);
    // Before stay and report: its constraints are the law.
    decision.effects.insert(0, row);
    Ok(decision)
}

fn event(case: &Case<KinMatch>, event: &'static str) -> DomainEvent {
    let payload = MatchChanged {
        case_number: case.number.clone(),
        stay: case.form.stay.trim().to_owned(),
        report: case.form.report.trim().to_owned(),
    };
    DomainEvent {
        aggregate: "match",
        aggregate_id: case.number.clone(),
        event,
        payload: payload.encode_to_vec(),
    }
}

fn compare(case: &Case<KinMatch>, view: Compare, cx: &Context<'_>) -> Decided {
    valid(
        filled(&view.findings, "/findings", "请写明比对情况。")
            .into_iter()
            .collect(),
    )?;
    let mut facts = case.facts.clone();
    let Some(first) = facts.first.clone() else {
        let by = two::signer(cx)?;
        let note = format!("{}比对完成，待另一人比对", by.name);
        let at = cx.now;
        facts.first = Some(Compared { view, by, at });
        return Ok(Decision::to(State::First, facts, note));
    };
    let by = two::second(first.by.account, cx)?;
    let agree = first.view.same && view.same;
    let second = Compared {
        view,
        by,
        at: cx.now,
    };
    let names = format!("{}、{}", first.by.name, second.by.name);
    if agree {
        facts.second = Some(second);
        let note = format!("{names}比对，都认为是同一个人");
        let mut decision =
            Decision::to(State::Compared, facts, note).effect(Effect::Checking(true));
        decision.events.push(event(case, "compared"));
        return Ok(decision);
    }
    // Whoever says no is heard: it begins again, or is rejected.
    facts.before.extend([first, second]);
    facts.first = None;
    let note = format!("{names}比对，没有一致认为是同一个人，请重新比对或者排除");
    Ok(Decision::to(State::Candidate, facts, note))
}

fn ask(case: &Case<KinMatch>, data: Ask) -> Decided {
    let empty = [
        filled(&data.agency, "/agency", "请填写公安机关。"),
        filled(&data.document, "/document", "请填写函件编号。"),
    ];
    valid(empty.into_iter().flatten().collect())?;
    let note = format!("请{}核实（{}）", data.agency.trim(), data.proof.label());
    let mut facts = case.facts.clone();
    facts.asked = Some(data);
    Ok(Decision::to(State::Asked, facts, note))
}

fn answer(case: &Case<KinMatch>, data: Answer) -> Decided {
    let empty = [
        filled(&data.agency, "/agency", "请填写答复机关。"),
        filled(&data.paper, "/paper", "请填写文书编号。"),
        filled(&data.findings, "/findings", "请填写答复内容。"),
    ];
    valid(empty.into_iter().flatten().collect())?;
    let mut facts = case.facts.clone();
    let asked = facts
        .asked
        .take()
        .ok_or_else(|| Refusal::new("NOT_ASKED", "还没有请公安机关核实。"))?;
    let note = match data.same {
        true => "公安机关答复：是同一个人",
        false => "公安机关答复：不是同一个人，请排除",
    };
    facts.answers.push((asked, data));
    Ok(Decision::to(State::Answered, facts, note))
}

/// Only after the police or DNA have answered yes, and never by a face or a place alone: those
/// are like thousands of others. DNA is a proof by itself.
fn confirm(case: &Case<KinMatch>, data: Confirm, cx: &Context<'_>, world: &World) -> Decided {
    let pair = world
        .pair
        .as_ref()
        .ok_or_else(|| Refusal::new("PAIR_UNKNOWN", "找不到受助人员的线索或者寻人信息。"))?;
    searched(pair)?;
    let (asked, answer) = case
        .facts
        .answers
        .last()
        .ok_or_else(|| Refusal::new("NOT_ANSWERED", "公安机关还没有答复，不能确认。"))?;
    if !answer.same {
        let message = "公安机关最后的答复是“不是同一个人”，不能确认，请排除或者再请核实。";
        return Err(Refusal::new("ANSWERED_NO", message));
    }
    if asked.proof != Proof::Dna {
        match pair.alone {
            Some(Alone::Face) => {
                let message =
                    "只有人脸相似，其他都对不上，不能确认。请做DNA亲缘比对，或者补充线索。";
                return Err(Refusal::new("FACE_ALONE", message));
            }
            Some(Alone::Place) => {
                let message =
                    "只有地点相近，其他都对不上，不能确认。请做DNA亲缘比对，或者补充线索。";
                return Err(Refusal::new("PLACE_ALONE", message));
            }
            None => {}
        }
    }
    let (Some(first), Some(second)) = (&case.facts.first, &case.facts.second) else {
        return Err(Refusal::new(
            "NOT_COMPARED",
            "还没有两个人比对过，不能确认。",
        ));
    };
    let signed = [first.by.clone(), second.by.clone()];
    let paper = format!("{} {}", asked.proof.label(), answer.paper.trim());
    let by = two::signer(cx)?;
    let note = format!("{}确认比中", by.name);
    let mut facts = case.facts.clone();
    facts.confirmed = Some((data.clone(), by, cx.now));
    let mut decision = Decision::to(State::Confirmed, facts, note).effect(Effect::Confirm {
        identity: Box::new(data),
        paper,
        signed,
    });
    decision.events.push(event(case, "confirmed"));
    Ok(decision)
}

fn ended(case: &Case<KinMatch>, state: State, data: &Reasons) -> Decided {
    let reasons = desk::reasons(&data.reasons)?;
    let mut facts = case.facts.clone();
    facts.ended = reasons.to_owned();
    let note = match state {
        State::Lapsed => reasons.to_owned(),
        _ => format!("排除：{reasons}"),
    };
    let mut decision = Decision::to(state, facts, note);
    // The family was told that somebody looks into it.
    if case.facts.second.is_some() {
        decision = decision.effect(Effect::Checking(false));
    }
    if state == State::Rejected {
        decision.events.push(event(case, "rejected"));
    }
    Ok(decision)
}

/// From the beginning, with the sides as they stand now.
fn reopen(case: &Case<KinMatch>, data: &Reasons, world: &World) -> Decided {
    let reasons = desk::reasons(&data.reasons)?;
    if let Some(pair) = &world.pair {
        searched(pair)?;
    }
    let mut facts = case.facts.clone();
    again(&mut facts);
    if let Some(pair) = &world.pair {
        (facts.reasons, facts.score) = (pair.lines.clone(), pair.score);
    }
    Ok(Decision::to(
        State::Candidate,
        facts,
        format!("重新比对：{reasons}"),
    ))
}

fn again(facts: &mut Facts) {
    let done = [facts.first.take(), facts.second.take()];
    facts.before.extend(done.into_iter().flatten());
    facts.asked = None;
    facts.ended.clear();
}

fn take_back(case: &Case<KinMatch>, data: &Reasons, cx: &Context<'_>) -> Decided {
    let reasons = desk::reasons(&data.reasons)?;
    let mut facts = case.facts.clone();
    let (_, confirmed, _) = facts
        .confirmed
        .take()
        .ok_or_else(|| Refusal::new("NOT_CONFIRMED", "还没有确认，不用撤销。"))?;
    let by: Signer = two::second(confirmed.account, cx)?;
    let note = format!("{}撤销确认：{reasons}", by.name);
    facts.ended = reasons.to_owned();
    let (first, second) = (facts.first.take(), facts.second.take());
    facts.before.extend([first, second].into_iter().flatten());
    let mut decision = Decision::to(State::Rejected, facts, note).effect(Effect::TakeBack {
        reasons: reasons.to_owned(),
        signed: [confirmed, by],
    });
    decision.events.push(event(case, "taken_back"));
    Ok(decision)
}
