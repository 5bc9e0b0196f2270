//! One case on one page: the four steps, the clocks, the placement, the people around the child.

use sqlx::PgConnection;
use yiwang_casework::Runtime;
use yiwang_chassis::fault::{Code, Fault};
use yiwang_civic::time::beijing_date;
use yiwang_proto::{casework::v1::Case, child::v1 as pb};

use super::{
    custody, lists, network,
    placements::{self, Placed},
    rows::{self, Row},
    steps, wire,
};
use crate::domain::protection::{protection_case::Facts, words::PlaceKind};

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
        steps: steps::drawn(&row, &story),
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
    let stays = placements::history(rt, conn, &numbers).await?;
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
