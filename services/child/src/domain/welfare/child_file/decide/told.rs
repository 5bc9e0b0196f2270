//! What other cases and services tell: a protection case, an adoption, a death, a marriage.

use yiwang_casework::{Case, Context, Decision};

use super::{Decided, changed, levelled, over, planned, to_look_at, visits::at_once};
use crate::domain::{
    desk::day,
    family::ParentState,
    welfare::{
        child_file::{
            ChildFile,
            action::{Adopted, CaseNumber, ChildDied, CustodyChanged, PersonChanged},
            facts::Told,
            state::State,
        },
        words::{Guardianship, Level},
    },
};

pub(super) fn risk_raised(case: &Case<ChildFile>, data: CaseNumber, cx: &Context<'_>) -> Decided {
    let mut facts = case.facts.clone();
    if !facts.protection.contains(&data.case_number) {
        facts.protection.push(data.case_number);
    }
    let mut form = case.form.clone();
    form.level = Level::High;
    "已经开始保护个案".clone_into(&mut form.level_reasons);
    levelled(&mut facts, &form, "已经开始保护个案", cx);
    // Whoever is not registered yet still is.
    let state = match case.state {
        State::Discovered | State::Registered => case.state,
        _ => State::AtRisk,
    };
    let decision = changed(state, facts, form.clone(), "已经开始保护个案");
    match state {
        State::Discovered => Ok(decision),
        _ => planned(at_once(decision, cx), &form, cx.today(), cx),
    }
}

pub(super) fn adopted(case: &Case<ChildFile>, data: &Adopted) -> Decision<ChildFile> {
    over(
        State::Ended,
        case.facts.clone(),
        "已经被收养".to_owned(),
        data.on,
    )
}

pub(super) fn child_died(case: &Case<ChildFile>, data: &ChildDied) -> Decision<ChildFile> {
    over(
        State::Ended,
        case.facts.clone(),
        "儿童死亡".to_owned(),
        data.died_on,
    )
}

pub(super) fn person_changed(
    case: &Case<ChildFile>,
    data: &PersonChanged,
    cx: &Context<'_>,
) -> Decided {
    let who = match data.relation.as_str() {
        "father" => "父亲",
        "mother" => "母亲",
        _ => "照护人",
    };
    let what = match data.change.as_str() {
        "died" => "死亡",
        "married" => "结婚",
        "divorced" => "离婚",
        _ => "情况有变",
    };
    let mut form = case.form.clone();
    if data.change == "died" {
        let parent = match data.relation.as_str() {
            "father" => Some(&mut form.father),
            "mother" => Some(&mut form.mother),
            _ => None,
        };
        if let Some(parent) = parent {
            parent.state = ParentState::Dead;
            parent.since = data.on.to_string();
        }
    }
    let mut facts = case.facts.clone();
    let what = format!("{who}{what}（{}）", day(data.on));
    let note = format!("{who}情况有变，请核对档案");
    facts.told.push(Told {
        what,
        on: cx.today(),
    });
    to_look_at(changed(case.state, facts, form, note), cx)
}

pub(super) fn custody_changed(
    case: &Case<ChildFile>,
    data: &CustodyChanged,
    cx: &Context<'_>,
) -> Decided {
    let mut form = case.form.clone();
    let what = match data.kind.as_str() {
        "temporary" => "民政部门临时监护",
        "long" => "民政部门长期监护",
        "ended" => "民政部门监护结束",
        _ => "监护有变",
    };
    if matches!(data.kind.as_str(), "temporary" | "long") {
        form.guardianship = Guardianship::CivilAffairs;
    }
    let mut facts = case.facts.clone();
    facts.told.push(Told {
        what: format!("{what}（{}）", data.case_number),
        on: cx.today(),
    });
    to_look_at(
        changed(case.state, facts, form, format!("{what}，请核对档案")),
        cx,
    )
}
