//! The applicant's cases and the officers' worklist.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use uuid::Uuid;
use yiwang_chassis::{
    fault::{Code, Fault},
    identity::{Caller, Role},
};
use yiwang_proto::casework::v1 as pb;

use crate::{
    access::{Sight, Viewer},
    page::{Cursor, limit_of},
    runtime::Runtime,
    store::{self, case::CaseFile, worklist::WorkQuery},
    view,
};

pub(super) async fn own(
    rt: &Runtime,
    caller: &Caller,
    request: pb::ListOwnCasesRequest,
) -> Result<pb::CasePage, Fault> {
    let limit = limit_of(request.limit);
    let before = Cursor::parse(&request.cursor)?;
    let mut conn = rt.pool.acquire().await?;
    // What others filed for a person is listed once the identity is verified.
    let person = caller
        .person
        .as_deref()
        .filter(|_| caller.has_role(Role::Citizen));
    let files = store::worklist::own(&mut conn, person, caller.account, before, limit + 1).await?;
    page(
        rt,
        files,
        limit,
        |file| Cursor::print(file.submitted_at, file.id),
        |_| true,
    )
}

fn page(
    rt: &Runtime,
    mut files: Vec<CaseFile>,
    limit: i64,
    cursor: impl Fn(&CaseFile) -> String,
    owner: impl Fn(&CaseFile) -> bool,
) -> Result<pb::CasePage, Fault> {
    let size = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = files.len() > size;
    files.truncate(size);
    let next_cursor = files
        .last()
        .filter(|_| more)
        .map(cursor)
        .unwrap_or_default();
    let entry = |file: &CaseFile| view::entry(rt, rt.item(&file.item)?, file, owner(file));
    let cases = files.iter().map(entry).collect::<Result<_, Fault>>()?;
    Ok(pb::CasePage { cases, next_cursor })
}

pub(super) async fn work(
    rt: &Runtime,
    caller: &Caller,
    request: pb::ListWorkRequest,
) -> Result<pb::CasePage, Fault> {
    let roles = rt.viewing_roles();
    if !caller
        .grants
        .iter()
        .any(|grant| roles.contains(&grant.role))
    {
        return Err(Fault::forbidden());
    }
    if !request.number.is_empty() {
        return jump(rt, caller, &request.number, &roles).await;
    }
    let limit = limit_of(request.limit);
    let after = Cursor::parse(&request.cursor)?;
    let due_before = if request.view == "OVERDUE" {
        rt.now()
    } else {
        END_OF_TIME
    };
    let mut conn = rt.pool.acquire().await?;
    let mut merged: BTreeMap<(Timestamp, Uuid), CaseFile> = BTreeMap::new();
    for (scope, awaiting) in slices(rt, caller, &request.view, &roles) {
        let query = WorkQuery {
            scope: &scope,
            awaiting: &awaiting,
            item: Some(request.item.as_str()).filter(|item| !item.is_empty()),
            state: Some(request.state.as_str()).filter(|state| !state.is_empty()),
            due_before,
            after,
            // Handed to a colleague: still in the region's list, no longer in mine.
            not_assigned_away_from: (request.view == "MINE").then_some(caller.account),
            limit: limit + 1,
        };
        for file in store::worklist::work(&mut conn, &query).await? {
            merged.insert((file.due_at, file.id), file);
        }
    }
    let files = merged.into_values().collect();
    page(
        rt,
        files,
        limit,
        |file| Cursor::print(file.due_at, file.id),
        |_| false,
    )
}

/// Just after every due instant, so that cases without a limit are listed too.
const END_OF_TIME: Timestamp = Timestamp::constant(253_402_000_000, 0);

/// Region and awaited group, one index read each. What a wider grant covers is left out.
fn slices(
    rt: &Runtime,
    caller: &Caller,
    view: &str,
    viewing: &BTreeSet<Role>,
) -> BTreeSet<(String, String)> {
    let keys: BTreeSet<String> = rt
        .items()
        .iter()
        .flat_map(|item| item.awaiting_keys())
        .collect();
    let mut slices = BTreeSet::new();
    for grant in caller
        .grants
        .iter()
        .filter(|grant| viewing.contains(&grant.role))
    {
        let Some(scope) = grant.scope() else { continue };
        let awaits_role = |key: &String| key.split('+').any(|role| role == grant.role.as_str());
        let wanted = keys.iter().filter(|key| view != "MINE" || awaits_role(key));
        slices.extend(wanted.map(|key| (scope.to_owned(), key.clone())));
    }
    let all = slices.clone();
    slices.retain(|(scope, key)| {
        !all.iter().any(|(wider, other)| {
            other == key && wider.len() < scope.len() && scope.starts_with(wider.as_str())
        })
    });
    slices
}

async fn jump(
    rt: &Runtime,
    caller: &Caller,
    number: &str,
    roles: &BTreeSet<Role>,
) -> Result<pb::CasePage, Fault> {
    let mut conn = rt.pool.acquire().await?;
    let file = store::case::read(&mut conn, number.trim()).await?;
    let visible = file.filter(|file| {
        let sight = Sight {
            roles: roles.clone(),
            filer_decides: false,
            filed_by: &[],
            verified: false,
        };
        let staff = Viewer::of(caller, file, &[], &sight);
        staff.is_ok_and(|viewer| !viewer.roles.is_empty())
    });
    match visible {
        Some(file) => page(rt, vec![file], 1, |_| String::new(), |_| false),
        None => Ok(pb::CasePage::default()),
    }
}

impl From<crate::page::BadCursor> for Fault {
    fn from(_: crate::page::BadCursor) -> Self {
        Fault::new(
            Code::InvalidInput,
            "CURSOR_INVALID",
            "翻页信息已失效，请从第一页重新开始。",
        )
    }
}
