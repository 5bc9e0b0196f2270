//! The applicant's cases and the officers' worklist.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use uuid::Uuid;
use yiwang_chassis::{
    fault::{Code, Fault},
    identity::{Caller, Grant, Role},
};
use yiwang_proto::casework::v1 as pb;

use crate::{
    access::{FILING, Sight, Viewer, reach::Reach, standing::Around},
    page::{Cursor, limit_of},
    registry::AnyItem,
    runtime::Runtime,
    store::{
        self,
        case::CaseFile,
        worklist::{Owner, WorkQuery},
    },
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
    let closed = |which: fn(&Sight) -> bool| -> Vec<String> {
        let items = rt.items().iter();
        let items = items.filter(|item| item.is_closed() && which(&item.sight()));
        items.map(|item| item.code().to_owned()).collect()
    };
    let files_in = FILING.iter().flat_map(|role| caller.scopes(*role));
    let owner = Owner {
        person,
        typed: caller.person.as_deref(),
        account: caller.account,
        files_in: &files_in.map(str::to_owned).collect::<Vec<_>>(),
        closed: &closed(|_| true),
        filer_decides: &closed(|sight| sight.filer_decides),
    };
    let files = store::worklist::own(&mut conn, &owner, before, limit + 1).await?;
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
    let reach = Reach::of(rt, caller);
    // A closed case may name any office.
    let looks =
        |grant: &Grant| roles.contains(&grant.role) || reach.has_closed() && grant.role.is_staff();
    if !caller.grants.iter().any(looks) {
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
    let mine = request.view == "MINE";
    let query = WorkQuery {
        item: Some(request.item.as_str()).filter(|item| !item.is_empty()),
        state: Some(request.state.as_str()).filter(|state| !state.is_empty()),
        due_before,
        after,
        // Handed to a colleague: still in the region's list, no longer in mine.
        not_assigned_away_from: mine.then_some(caller.account),
        limit: limit + 1,
    };
    let mut conn = rt.pool.acquire().await?;
    let mut merged: BTreeMap<(Timestamp, Uuid), CaseFile> = BTreeMap::new();
    let mut merge = |files: Vec<CaseFile>| {
        merged.extend(files.into_iter().map(|file| ((file.due_at, file.id), file)));
    };
    for (scope, awaiting) in slices(rt, caller, &request.view, &roles) {
        let slice = (scope.as_str(), awaiting.as_str());
        merge(store::worklist::work(&mut conn, &reach, slice, &query).await?);
    }
    if reach.has_closed() {
        merge(store::worklist::named(&mut conn, &reach, !mine, &query).await?);
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
    let id = file.as_ref().map_or(Uuid::nil(), |file| file.id);
    let around = store::access::around(&mut conn, id, caller.account, rt.now()).await?;
    let visible = file.filter(|file| {
        let closed = rt.item(&file.item).map(AnyItem::sight);
        let closed = closed.ok().filter(|sight| sight.line.is_some());
        let officer = match closed {
            Some(sight) => Viewer::of(caller, file, &around, &sight),
            None => {
                let sight = Sight {
                    roles: roles.clone(),
                    filer_decides: false,
                    filed_by: &[],
                    verified: false,
                    line: None,
                };
                Viewer::of(caller, file, &Around::default(), &sight)
            }
        };
        officer.is_ok_and(|viewer| viewer.officer)
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
