//! Help, and steps against guardians: orders, removal, suggestions of the prosecutors.

use yiwang_casework::{Decision, Refusal};

use super::{Decided, Scene};
use crate::domain::{
    desk::{at_field, filled, valid},
    protection::{
        clocks::Limit,
        law,
        protection_case::{
            action::{
                Answered, GiveHelp, Intervene, OrderRequest, OrderResult, RemovalDue, RemovalFiled,
                RemovalResult, Suggestion,
            },
            facts::{Order, Removal},
            state::State,
        },
        words::Plaintiff,
    },
};

const ORDER: Limit = Limit("order", "人民法院作出保护令", "反家庭暴力法28");
const ORDER_ENDS: Limit = Limit("order_ends", "保护令到期，需要的申请延长", "反家庭暴力法30");
const REMOVAL: Limit = Limit(
    "removal",
    "没有人申请的，民政部门应当申请撤销监护人资格",
    "民法典36",
);
const SUGGESTION: Limit = Limit("suggestion", "书面答复检察建议", "未成年人保护法114");

pub(super) fn help(scene: &Scene<'_>, data: GiveHelp) -> Decided {
    let empty = filled(&data.unit, "/unit", "请填写谁提供帮扶。");
    valid(empty.into_iter().collect())?;
    let note = format!("帮扶：{}", data.help.label());
    let mut facts = scene.facts();
    facts.helps.push(scene.done(data));
    Ok(scene.stays(facts, note))
}

/// Help goes over into intervention, never silently back.
fn firm(state: State) -> State {
    match state {
        State::Helping => State::Intervening,
        other => other,
    }
}

pub(super) fn intervene(scene: &Scene<'_>, data: Intervene) -> Decided {
    let empty = [
        filled(&data.unit, "/unit", "请填写哪个单位作出。"),
        filled(&data.paper, "/paper", "请填写文书编号；没有的写“无”。"),
    ];
    valid(empty.into_iter().flatten().collect())?;
    let note = format!("监护干预：{}", data.step.label());
    let mut facts = scene.facts();
    facts.interventions.push(scene.done(data));
    Ok(Decision::to(firm(scene.case.state), facts, note))
}

pub(super) fn order_request(scene: &Scene<'_>, data: OrderRequest) -> Decided {
    let empty = filled(&data.court, "/court", "请填写人民法院。");
    valid(empty.into_iter().collect())?;
    let waiting = |order: &Order| order.result.is_none();
    if scene.case.facts.orders.iter().any(waiting) {
        let message = "已经申请，等待人民法院决定，不用重复申请。";
        return Err(Refusal::new("ORDER_WAITS", message));
    }
    let id = match data.urgent {
        true => "child.protection.order_urgent_hours",
        false => "child.protection.order_hours",
    };
    let limit = ORDER.hours(scene.cx, scene.cx.now, id)?;
    let mut facts = scene.facts();
    facts.orders.push(Order {
        asked: scene.done(data),
        result: None,
    });
    let state = firm(scene.case.state);
    Ok(Decision::to(state, facts, "申请人身安全保护令").start(limit))
}

pub(super) fn order_result(scene: &Scene<'_>, data: OrderResult) -> Decided {
    let empty = filled(&data.paper, "/paper", "请填写文书编号。");
    valid(empty.into_iter().collect())?;
    let mut facts = scene.facts();
    let order = facts
        .orders
        .last_mut()
        .filter(|order| order.result.is_none());
    let order = order.ok_or_else(|| {
        let message = "没有等待决定的申请，请先登记申请。";
        Refusal::new("NO_ORDER", message)
    })?;
    let until = match (data.granted, data.until) {
        (false, _) => None,
        (true, Some(until)) => {
            let months = scene.cx.rule("child.protection.order_months")?.count()?;
            law::order_until(scene.today(), until, months)?;
            Some(until)
        }
        (true, None) => {
            let message = "请填写保护令有效期到哪天。";
            return Err(at_field("REQUIRED", "/until", message));
        }
    };
    order.result = Some(scene.done(data));
    let note = match until {
        Some(_) => "人民法院作出人身安全保护令",
        None => "人民法院没有作出保护令",
    };
    let decision = scene.stays(facts, note).stop(ORDER.0);
    Ok(match until {
        Some(until) => decision.start(ORDER_ENDS.on(until)),
        None => decision,
    })
}

/// If nobody else brings the suit, civil affairs do (民法典 36).
pub(super) fn removal_due(scene: &Scene<'_>, data: RemovalDue) -> Decided {
    let empty = filled(&data.words, "/words", "请写明事实。");
    valid(empty.into_iter().collect())?;
    if scene.case.facts.removal_open() {
        let message = "已经登记，请登记谁向人民法院申请。";
        return Err(Refusal::new("REMOVAL_OPEN", message));
    }
    let limit = match law::removal_waits(data.ground) {
        true => REMOVAL.days(scene.cx, "child.protection.removal_days")?,
        false => REMOVAL.on(scene.today()),
    };
    let mut facts = scene.facts();
    facts.removal = Some(Removal {
        due: scene.done(data),
        filed: None,
        result: None,
    });
    let state = firm(scene.case.state);
    Ok(Decision::to(state, facts, "符合撤销监护人资格的情形").start(limit))
}

pub(super) fn removal_filed(scene: &Scene<'_>, data: RemovalFiled) -> Decided {
    let empty = [
        filled(&data.court, "/court", "请填写人民法院。"),
        filled(&data.paper, "/paper", "请填写案号。"),
    ];
    valid(empty.into_iter().flatten().collect())?;
    let mut facts = scene.facts();
    let open = facts.removal.as_mut().filter(|it| it.filed.is_none());
    let open = open.ok_or_else(|| Refusal::new("NO_REMOVAL", "请先登记符合撤销的情形。"))?;
    let note = match data.by {
        Plaintiff::Civil => "民政部门申请撤销监护人资格",
        Plaintiff::Person | Plaintiff::Unit => "其他个人、组织申请撤销监护人资格",
    };
    open.filed = Some(scene.done(data));
    Ok(scene.stays(facts, note).stop(REMOVAL.0))
}

pub(super) fn removal_result(scene: &Scene<'_>, data: RemovalResult) -> Decided {
    let empty = filled(&data.paper, "/paper", "请填写判决书编号。");
    valid(empty.into_iter().collect())?;
    if data.civil && !data.removed {
        let message = "没有撤销监护人资格的，不能指定民政部门担任监护人，请核对。";
        return Err(at_field("NOT_REMOVED", "/civil", message));
    }
    let mut facts = scene.facts();
    let filed = facts.removal.as_mut();
    let filed = filed.filter(|it| it.filed.is_some() && it.result.is_none());
    let filed = filed.ok_or_else(|| Refusal::new("NO_REMOVAL", "请先登记谁向人民法院申请。"))?;
    let note = match (data.removed, data.civil) {
        (true, true) => "人民法院撤销监护人资格，指定民政部门担任监护人，请办理长期监护",
        (true, false) => "人民法院撤销监护人资格，另行指定监护人",
        (false, _) => "人民法院没有撤销监护人资格",
    };
    filed.result = Some(scene.done(data));
    Ok(scene.stays(facts, note))
}

pub(super) fn suggestion(scene: &Scene<'_>, data: Suggestion) -> Decided {
    let mut found: Vec<_> = [
        filled(&data.from, "/from", "请填写人民检察院。"),
        filled(&data.paper, "/paper", "请填写检察建议书编号。"),
    ]
    .into_iter()
    .flatten()
    .collect();
    if data.received_on > scene.today() {
        let message = "收到日期不能晚于今天。";
        let wrong =
            yiwang_chassis::fault::FieldViolation::new("/received_on", "IN_FUTURE", message);
        found.push(wrong);
    }
    valid(found)?;
    let id = "child.protection.suggestion_months";
    let limit = SUGGESTION.months(scene.cx, data.received_on, id)?;
    let mut facts = scene.facts();
    facts.suggestions.push((scene.done(data), None));
    Ok(scene.stays(facts, "收到检察建议").start(limit))
}

pub(super) fn suggestion_answered(scene: &Scene<'_>, data: &Answered) -> Decided {
    let empty = filled(&data.paper, "/paper", "请填写答复文号。");
    valid(empty.into_iter().collect())?;
    let mut facts = scene.facts();
    let open = facts
        .suggestions
        .iter_mut()
        .find(|(_, answer)| answer.is_none());
    let (_, answer) = open.ok_or_else(|| {
        let message = "没有等待答复的检察建议。";
        Refusal::new("NO_SUGGESTION", message)
    })?;
    *answer = Some(scene.done(data.paper.trim().to_owned()));
    let more = facts.suggestions.iter().any(|(_, answer)| answer.is_none());
    let decision = scene.stays(facts, "书面答复检察建议");
    Ok(if more {
        decision
    } else {
        decision.stop(SUGGESTION.0)
    })
}
