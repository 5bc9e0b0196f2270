//! The four steps of a case with what was done in each.

use jiff::Timestamp;
use yiwang_proto::child::v1 as pb;

use super::{
    rows::{Row, Story},
    wire,
};
use crate::domain::protection::protection_case::{Facts, State, facts::Done};

fn line<T>(done: &Done<T>, what: impl Into<String>) -> (Timestamp, pb::WorkbenchLine) {
    let line = pb::WorkbenchLine {
        at: wire(done.at),
        what: what.into(),
        by: done.by.clone(),
    };
    (done.at, line)
}

fn sorted(mut lines: Vec<(Timestamp, pb::WorkbenchLine)>) -> Vec<pb::WorkbenchLine> {
    lines.sort_by_key(|(at, _)| *at);
    lines.into_iter().map(|(_, line)| line).collect()
}

const STEPS: [(&str, &str); 4] = [
    ("report", "强制报告"),
    ("emergency", "应急处置"),
    ("assess", "评估帮扶"),
    ("intervene", "监护干预"),
];

/// The four, in order.
pub(super) fn drawn(row: &Row, story: &Story) -> Vec<pb::WorkbenchStep> {
    let facts = &story.facts;
    let state = row.state();
    let now = state.map_or("", State::step);
    let at = STEPS.iter().position(|(code, _)| *code == now);
    let over = matches!(now, "follow_up" | "closed");
    let lines = [
        report(facts),
        emergency(facts),
        assess(facts),
        intervene(facts),
    ];
    let steps = STEPS.iter().zip(lines).enumerate();
    let steps = steps.map(|(nth, ((code, label), lines))| {
        let lines = sorted(lines);
        let state = match at {
            Some(at) if at == nth => "current",
            _ if !lines.is_empty() => "done",
            Some(at) if nth < at => "skipped",
            None if over => "skipped",
            _ => "open",
        };
        let summary = lines.last().map(|line| line.what.clone());
        pb::WorkbenchStep {
            code: (*code).to_owned(),
            label: (*label).to_owned(),
            state: state.to_owned(),
            summary: summary.unwrap_or_default(),
            lines,
        }
    });
    steps.collect()
}

type Lines = Vec<(Timestamp, pb::WorkbenchLine)>;

fn report(facts: &Facts) -> Lines {
    let mut lines = Lines::new();
    if let Some(told) = &facts.police {
        lines.push(line(told, format!("已告知{}", told.what.unit)));
    }
    if let Some(triage) = &facts.triage {
        let risk = triage.what.risk.label();
        lines.push(line(triage, format!("研判：危险程度{risk}")));
    }
    if let Some(goes_on) = &facts.goes_on {
        let what = &goes_on.what;
        lines.push(line(
            goes_on,
            format!("并案、移送{}{}", what.into, what.division),
        ));
    }
    lines.extend(
        facts
            .reopened
            .iter()
            .map(|done| line(done, format!("重新办理：{}", done.what))),
    );
    lines
}

fn emergency(facts: &Facts) -> Lines {
    let steps = facts
        .emergency
        .iter()
        .map(|done| line(done, done.what.step.label()));
    let placed = facts.placed.iter();
    let placed = placed.map(|done| line(done, format!("临时监护：{}", done.what)));
    let voices = facts.voices.iter();
    let voices = voices.map(|done| line(done, format!("听取儿童意见：{}", done.what.about)));
    steps.chain(placed).chain(voices).collect()
}

fn assess(facts: &Facts) -> Lines {
    let assessed = facts.assessments.iter();
    let assessed = assessed.map(|it| line(&it.done, format!("评估：{}", it.level.label())));
    let conferred = facts.conferences.iter();
    let conferred = conferred.map(|done| line(done, format!("会商：{}", done.what.way.label())));
    let helps = facts
        .helps
        .iter()
        .map(|done| line(done, done.what.help.label()));
    let follow = facts.follow_up.iter();
    let follow = follow.map(|(done, until)| line(done, format!("转入回访，到{until}")));
    let visits = facts.visits.iter().map(|done| {
        let safe = if done.what.safe {
            "安全"
        } else {
            "不安全"
        };
        line(done, format!("回访：{safe}"))
    });
    let all = assessed.chain(conferred).chain(helps);
    all.chain(follow).chain(visits).collect()
}

fn intervene(facts: &Facts) -> Lines {
    let mut lines: Lines = facts
        .interventions
        .iter()
        .map(|done| line(done, done.what.step.label()))
        .collect();
    for order in &facts.orders {
        lines.push(line(&order.asked, "申请人身安全保护令"));
        if let Some(done) = &order.result {
            let text = match (done.what.granted, done.what.until) {
                (true, Some(until)) => format!("保护令有效期到{until}"),
                _ => "没有作出保护令".to_owned(),
            };
            lines.push(line(done, text));
        }
    }
    if let Some(removal) = &facts.removal {
        lines.push(line(&removal.due, "符合撤销监护人资格的情形"));
        let filed = removal.filed.iter();
        lines.extend(filed.map(|done| line(done, format!("{}申请撤销", done.what.by.label()))));
        lines.extend(removal.result.iter().map(|done| {
            let text = if done.what.removed {
                "撤销监护人资格"
            } else {
                "没有撤销监护人资格"
            };
            line(done, text)
        }));
    }
    for (done, answered) in &facts.suggestions {
        lines.push(line(done, "收到检察建议"));
        lines.extend(answered.iter().map(|done| line(done, "书面答复检察建议")));
    }
    lines
}
