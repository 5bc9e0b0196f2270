//! What clocks, other cases and services tell.

use jiff::civil::Date;
use yiwang_casework::{Case, Context, Decision};

use super::{Decided, course::alerted, event};
use crate::domain::{
    desk::day,
    welfare::{
        child_file::action::{Adopted, ChildDied, CustodyChanged, PersonChanged},
        entrusted_care::{EntrustedCare, state::State},
    },
};

/// A week without a talk: the parent is told, the village sees it red.
pub(super) fn contact_overdue(case: &Case<EntrustedCare>) -> Decision<EntrustedCare> {
    let mut facts = case.facts.clone();
    facts.contact_late = true;
    let message = "已经超过一周没有和孩子联系的记录，请马上联系孩子和被委托人。";
    Decision::to(case.state, facts, "委托人超过一周没有联系").tell(message)
}

/// A carer who is barred does not go on.
pub(super) fn carer_barred(case: &Case<EntrustedCare>, cx: &Context<'_>) -> Decided {
    match case.state {
        State::Alert | State::Active => alerted(
            case,
            case.facts.clone(),
            "被委托人依法不能照护儿童，请马上接回儿童或者更换",
            cx,
        ),
        _ => {
            let message = "被委托人依法不能照护儿童，请另外选择被委托人，重新申请。";
            Ok(
                Decision::to(State::Refused, case.facts.clone(), "被委托人依法不能照护")
                    .tell(message),
            )
        }
    }
}

fn over(case: &Case<EntrustedCare>, why: &str, on: Date) -> Decision<EntrustedCare> {
    let mut facts = case.facts.clone();
    facts.ended = Some((why.to_owned(), on, String::new()));
    let mut decision = Decision::to(State::Ended, facts, format!("委托照护结束：{why}"));
    decision.events.push(event(case, "ended"));
    decision
}

pub(super) fn adopted(case: &Case<EntrustedCare>, data: &Adopted) -> Decision<EntrustedCare> {
    over(case, "儿童已经被收养", data.on)
}

pub(super) fn child_died(case: &Case<EntrustedCare>, data: &ChildDied) -> Decision<EntrustedCare> {
    over(case, "儿童死亡", data.died_on)
}

pub(super) fn person_changed(
    case: &Case<EntrustedCare>,
    data: &PersonChanged,
    cx: &Context<'_>,
) -> Decided {
    let who = match data.relation.as_str() {
        "carer" => "被委托人",
        _ => "父母",
    };
    let what = if data.change == "died" {
        "死亡"
    } else {
        "情况有变"
    };
    let why = format!("{who}{what}（{}）", day(data.on));
    match case.state {
        State::Active | State::Alert => alerted(case, case.facts.clone(), &why, cx),
        _ => Ok(Decision::to(case.state, case.facts.clone(), why)),
    }
}

pub(super) fn custody_changed(
    case: &Case<EntrustedCare>,
    data: &CustodyChanged,
    cx: &Context<'_>,
) -> Decided {
    match data.kind.as_str() {
        "temporary" | "long" => Ok(over(case, "由民政部门监护", cx.today())),
        _ => Ok(Decision::to(case.state, case.facts.clone(), "监护有变")),
    }
}
