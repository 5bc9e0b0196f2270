//! One case on one page: the four steps, the clocks, the placement, the people around the child.

use jiff::Timestamp;
use sqlx::PgConnection;
use yiwang_casework::Runtime;
use yiwang_chassis::fault::{Code, Fault};
use yiwang_civic::time::beijing_date;
use yiwang_proto::{casework::v1::Case, child::v1 as pb};

use super::{
    custody::{self, Placed},
    lists, network,
    rows::{self, Row, Story},
    wire,
};
use crate::domain::protection::{
    protection_case::{Facts, State, facts::Done},
    words::PlaceKind,
};

/// Everything about a case. Whoever asks stands on it.
pub(super) async fn whole(rt: &Runtime, case: &Case) -> Result<pb::Workbench, Fault> {
    let mut conn = rt.pool.acquire().await?;
    let row = rows::find(&mut conn, &case.number).await?;
    let row = row.ok_or_else(|| Fault::of(Code::NotFound))?;
    let story = row.story(rt)?;
    let custody = guardianships(&mut conn, &row.case_number).await?;
    let placement = standing(rt, &mut conn, &custody).await?;
    let numbers = vec![row.case_number.as_str()];
    let mut clocks = lists::clocks(rt, &mut conn, numbers).await?;
    let clocks = clocks.remove(&row.case_number).unwrap_or_default();
    let (nodes, edges) = network::drawn(&row, &story, &placement);
    let today = beijing_date(rt.now());
    let facts = &story.facts;
    let linked = links(&row, custody);
    Ok(pb::Workbench {
        happened: story.form.happened.clone(),
        place: story.form.place.clone(),
        grounds: story
            .form
            .grounds
            .iter()
            .map(|it| it.label().to_owned())
            .collect(),
        steps: steps(&row, &story),
        services: services(facts, today),
        next: case.expected.clone(),
        version: case.version,
        case: Some(lists::shown(rt, &row, &story, clocks)),
        placement: Some(placement),
        nodes,
        edges,
        linked,
    })
}

/// Guardianships that came from a case, the first first: number, kind.
async fn guardianships(
    conn: &mut PgConnection,
    number: &str,
) -> sqlx::Result<Vec<(String, String)>> {
    sqlx::query_as(
        "select case_number, kind from child.guardianship where protection = $1
          order by kind = 'long', case_number",
    )
    .bind(number)
    .fetch_all(conn)
    .await
}

/// Where the child of a guardianship is and was.
pub(super) async fn placement(rt: &Runtime, number: &str) -> Result<pb::Placement, Fault> {
    let mut conn = rt.pool.acquire().await?;
    let cases = [(number.to_owned(), String::new())];
    standing(rt, &mut conn, &cases).await
}

async fn standing(
    rt: &Runtime,
    conn: &mut PgConnection,
    cases: &[(String, String)],
) -> Result<pb::Placement, Fault> {
    let numbers: Vec<String> = cases.iter().map(|(number, _)| number.clone()).collect();
    let stays = custody::history(rt, conn, &numbers).await?;
    // A temporary guardianship may have gone on as a long-term one.
    let mut bearing = numbers;
    bearing.extend(stays.iter().map(|stay| stay.case_number.clone()));
    let mut open = None;
    for number in bearing {
        open = custody::of_case(conn, &number).await?;
        if open.is_some() {
            break;
        }
    }
    let mut placement = pb::Placement {
        stays: stays.into_iter().map(stay).collect(),
        ..pb::Placement::default()
    };
    if let Some(open) = open {
        placement.guardian_name = format!("{}民政部门", lists::place(&open.guardian));
        placement.custody = open.case_number;
        placement.kind = open.kind;
        placement.guardian = open.guardian;
    }
    Ok(placement)
}

fn stay(placed: Placed) -> pb::Stay {
    let kind = PlaceKind::from_code(&placed.kind).map_or("", PlaceKind::label);
    pb::Stay {
        kind_label: kind.to_owned(),
        kind: placed.kind,
        carer: placed.sealed.carer,
        from: wire(placed.from),
        to: placed.to.map(wire).unwrap_or_default(),
        case_number: placed.case_number,
    }
}

fn links(row: &Row, custody: Vec<(String, String)>) -> Vec<pb::LinkedCase> {
    let goes_on = row.goes_on_in.clone().map(|case_number| pb::LinkedCase {
        case_number,
        words: "并入、移送".to_owned(),
    });
    let custody = custody
        .into_iter()
        .map(|(case_number, kind)| pb::LinkedCase {
            case_number,
            words: match kind.as_str() {
                "long" => "长期监护".to_owned(),
                _ => "临时监护".to_owned(),
            },
        });
    goes_on.into_iter().chain(custody).collect()
}

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

fn steps(row: &Row, story: &Story) -> Vec<pb::WorkbenchStep> {
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

/// Plan and helps, what is open first.
fn services(facts: &Facts, today: jiff::civil::Date) -> Vec<pb::WorkbenchService> {
    let plan = facts.plan.iter().map(|item| pb::WorkbenchService {
        what: item.what.clone(),
        owner: item.owner.clone(),
        due_on: item.due_on.to_string(),
        done_on: item.done_on.map(|on| on.to_string()).unwrap_or_default(),
        late: item.done_on.is_none() && item.due_on < today,
    });
    let helps = facts.helps.iter().map(|done| pb::WorkbenchService {
        what: done.what.help.label().to_owned(),
        owner: done.what.unit.clone(),
        due_on: String::new(),
        done_on: beijing_date(done.at).to_string(),
        late: false,
    });
    let mut all: Vec<_> = plan.chain(helps).collect();
    all.sort_by(|a, b| (!a.done_on.is_empty(), &a.due_on).cmp(&(!b.done_on.is_empty(), &b.due_on)));
    all
}
